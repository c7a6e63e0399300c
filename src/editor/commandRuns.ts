import { CancellationError, type LogOutputChannel, l10n, type MessageItem, window } from 'vscode';
import { severalAtOnce } from '../severalAtOnce.ts';
import type { BufferAuthors } from './bufferAuthors.ts';
import { approve, keepAsked, putBack } from './choices.ts';
import type { FileLock } from './fileLock.ts';
import type { Folders, Hold } from './folders.ts';
import { currentHold } from './folders.ts';
import { commands, type GuardCommandId } from './ids.ts';
import { showMenu } from './menu.ts';
import { Refusal } from './refusal.ts';
import { showRefusedVersions } from './refusedVersions.ts';
import type { ReviewPanel } from './review.ts';
import { chooseFolder, clearScope, declareScope, narrowScope } from './scopes.ts';
import { targetHold, targetHolds } from './targets.ts';
import { scopeOver } from './words.ts';

/** What the commands work on. */
export interface Workbench {
  readonly folders: Folders;
  readonly authors: BufferAuthors;
  readonly review: ReviewPanel;
  readonly lock: FileLock;
  readonly log: LogOutputChannel;
}

/** The one wrapper around every command: leaving is silent, a refusal is a sentence, a failure is logged and said. */
export async function runCommand(
  bench: Workbench,
  id: GuardCommandId,
  values: readonly unknown[],
): Promise<void> {
  try {
    await runs[id](bench, values);
  } catch (error) {
    if (error instanceof CancellationError) return;
    if (error instanceof Refusal) {
      void window.showInformationMessage(error.message);
      return;
    }
    await tellFailure(bench.log, l10n.t('Infrahold could not do this: {0}', messageOf(error)), error);
  }
}

export async function tellFailure(log: LogOutputChannel, message: string, error: unknown): Promise<void> {
  log.error(error instanceof Error ? error : String(error));
  const show: MessageItem = { title: l10n.t('Show Log') };
  if ((await window.showErrorMessage(message, show)) === show) log.show();
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

type Run = (bench: Workbench, values: readonly unknown[]) => Promise<void>;

const runs: Readonly<Record<GuardCommandId, Run>> = {
  [commands.declareScope]: async ({ folders }, values) => {
    const folder = await chooseFolder(folders, values);
    if (folder !== undefined) await declareScope(folder);
  },
  [commands.extendScope]: async ({ folders }, values) => {
    const folder = await chooseFolder(folders, values);
    if (folder !== undefined) await declareScope(folder, { extended: true });
  },
  [commands.narrowScope]: async ({ folders }, values) => {
    const folder = await chooseFolder(folders, values);
    if (folder !== undefined) await narrowScope(folder);
  },
  [commands.clearScope]: async ({ folders }, values) => {
    const folder = await chooseFolder(folders, values);
    if (folder !== undefined) await clearScope(folder);
  },
  [commands.review]: async ({ folders, review }, values) => {
    const hold = await targetHold(folders, review, values);
    if (hold !== undefined) await review.open(hold, addressOf(values));
  },
  [commands.keepAsked]: async (bench, values) => {
    const hold = await targetHold(bench.folders, bench.review, values);
    if (hold !== undefined) await keepWithScope(bench, hold);
  },
  [commands.approve]: async ({ folders, authors, review }, values) => {
    const hold = await targetHold(folders, review, values);
    if (hold !== undefined) await approve(hold, authors);
  },
  [commands.putBack]: async ({ folders, authors, review }, values) => {
    const several = targetHolds(folders, values);
    if (several !== undefined) return putAllBack(several, authors);
    const hold = await targetHold(folders, review, values);
    if (hold !== undefined) await putBack(hold, authors);
  },
  [commands.showRefused]: ({ folders, authors }) => showRefusedVersions(folders, authors),
  [commands.showLog]: async ({ log }) => log.show(),
  [commands.lockFile]: ({ lock }, values) => lock.lock(values),
  [commands.unlockFile]: ({ lock }, values) => lock.unlock(values),
  [commands.showMenu]: ({ folders }) => showMenu(folders),
};

/** One that cannot be put back is told of at the end, and does not keep the rest. */
async function putAllBack(holds: readonly Hold[], authors: BufferAuthors): Promise<void> {
  const failures: unknown[] = [];
  await severalAtOnce(holds, (hold) =>
    putBack(hold, authors).catch((error: unknown) => failures.push(error)),
  );
  if (failures.length > 0) throw failures[0];
}

/** What was asked for can be kept only where somebody has said what was asked for. */
async function keepWithScope({ authors }: Workbench, hold: Hold): Promise<void> {
  const asked = scopeOver(hold.folder.scope, hold.held.judgement);
  if (asked === undefined && !(await declareScope(hold.folder, { hold }))) return;
  const now = currentHold(hold);
  if (now !== undefined) await keepAsked(now, authors);
}

function addressOf([, second]: readonly unknown[]): string | undefined {
  if (typeof second !== 'object' || second === null) return undefined;
  const address: unknown = Reflect.get(second, 'address');
  return typeof address === 'string' ? address : undefined;
}
