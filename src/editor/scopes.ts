import type { QuickPickItem } from 'vscode';
import { l10n, Uri, window } from 'vscode';
import { decodeText } from '../content.ts';
import { formatAddress } from '../core/model/address.ts';
import type { InfraDocument } from '../core/model/document.ts';
import { emptyDocument, readDocument } from '../core/model/read.ts';
import type { Grant, RequestReading } from '../core/scope/grant.ts';
import { formatGrant } from '../core/scope/grants.ts';
import type { FolderSession } from './folderSession.ts';
import type { Folders, Hold } from './folders.ts';
import { Refusal } from './refusal.ts';
import { distinct, loadReader } from './requests.ts';
import { askForDuration, askForGrants, askForRequest } from './scopeSteps.ts';
import { scopeDuration } from './settings.ts';
import { outside } from './words.ts';

/** Why a scope is asked for: to add to the one in force, or to keep the part of a held edit that was asked for. */
export interface Occasion {
  readonly hold?: Hold;
  readonly extended?: boolean;
}

/** Declares a scope, or adds to the one in force. True when one took effect. */
export async function declareScope(
  folder: FolderSession,
  { hold, extended = false }: Occasion = {},
): Promise<boolean> {
  if (extended && folder.scope === undefined) throw noScope();
  const kept = extended ? (folder.scope?.grants ?? []) : [];
  const title = extended ? l10n.t('Extend scope') : l10n.t('Declare scope');
  const path = hold?.held.path ?? (await pathInQuestion(folder));
  const subject = { document: await documentAt(folder, path), path };
  const suggested = hold === undefined ? [] : suggestions(hold);
  const chosen = await steps(title, subject, suggested, kept);
  if (chosen === undefined) return false;
  const now = folder.ports.clock.now();
  await folder.declare({
    grants: distinct([...kept, ...chosen.grants]),
    ...(chosen.request === '' ? {} : { request: chosen.request }),
    declaredAt: now,
    expiresAt: now + chosen.minutes * 60_000,
  });
  return true;
}

export async function narrowScope(folder: FolderSession): Promise<void> {
  const { scope } = folder;
  if (scope === undefined) throw noScope();
  const items = scope.grants.map((grant) => ({ label: formatGrant(grant), grant, picked: true }));
  const kept = await window.showQuickPick<QuickPickItem & { grant: Grant }>(items, {
    canPickMany: true,
    title: l10n.t('Narrow scope'),
    placeHolder: l10n.t('What stays allowed. With nothing chosen, nothing may be changed.'),
  });
  if (kept !== undefined) await folder.declare({ ...scope, grants: kept.map(({ grant }) => grant) });
}

export async function clearScope(folder: FolderSession): Promise<void> {
  if (folder.scope === undefined) throw noScope();
  await folder.declare(undefined);
}

/** The folder a scope is for: the only one, the one of the held edit, or the one the person chooses. */
export async function chooseFolder(
  folders: Folders,
  [first]: readonly unknown[],
): Promise<FolderSession | undefined> {
  const [only, ...more] = folders.all();
  if (only === undefined) throw new Refusal(l10n.t('No folder with an infrastructure file is open.'));
  if (more.length === 0) return only;
  const uri = first instanceof Uri ? first : window.activeTextEditor?.document.uri;
  const place = uri === undefined ? undefined : folders.protectedAt(uri);
  if (place !== undefined) return place.folder;
  const items = folders.all().map((folder) => ({ label: folder.folder.name, folder }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('In which folder?') }))?.folder;
}

interface Chosen {
  readonly grants: readonly Grant[];
  readonly request: string;
  readonly minutes: number;
}

async function steps(
  title: string,
  { document, path }: Subject,
  suggested: readonly Grant[],
  kept: readonly Grant[],
): Promise<Chosen | undefined> {
  const readTyped = await loadReader();
  const read = (typed: string) => readTyped(typed, document, path);
  let request = '';
  for (;;) {
    const typed = await askForRequest(title, request, read);
    if (typed === undefined || typed === 'back') return undefined;
    request = typed.value;
    const rest = await laterSteps(title, request, read, suggested, kept);
    if (rest !== 'back') return rest;
  }
}

async function laterSteps(
  title: string,
  request: string,
  read: (typed: string) => RequestReading,
  suggested: readonly Grant[],
  kept: readonly Grant[],
): Promise<Chosen | 'back' | undefined> {
  const reading = request === '' ? { grants: [], ambiguous: [], notUnderstood: [] } : read(request);
  for (;;) {
    const grants = await askForGrants(title, reading, suggested);
    if (grants === undefined || grants === 'back') return grants;
    const all = distinct([...kept, ...grants.value]);
    const minutes = await askForDuration(title, all, scopeDuration());
    if (minutes === undefined) return undefined;
    if (minutes !== 'back') return { grants: grants.value, request, minutes: minutes.value };
  }
}

/** What a request is read against: what it asks of another file grants nothing here. */
interface Subject {
  readonly document: InfraDocument;
  readonly path: string | undefined;
}

async function documentAt(folder: FolderSession, path: string | undefined): Promise<InfraDocument> {
  if (path === undefined) return emptyDocument('compose');
  const kind = folder.ports.policy.kindOf(path) ?? 'text';
  const content = await folder.guard.baseline(path);
  const decoded = content === undefined ? undefined : decodeText(content);
  return decoded !== undefined && 'text' in decoded ? readDocument(kind, decoded.text) : emptyDocument(kind);
}

/** The file a request is about: the file in the active editor, a held one, or the first compose file. */
async function pathInQuestion(folder: FolderSession): Promise<string | undefined> {
  const active = window.activeTextEditor?.document.uri;
  const shown = active === undefined ? undefined : folder.protectedPathOf(active);
  if (shown !== undefined) return shown;
  const [held] = folder.guard.held();
  if (held !== undefined) return held.path;
  const paths = [...(await folder.ports.baselines.paths())].sort((one, other) => one.length - other.length);
  return paths.find((path) => folder.ports.policy.kindOf(path) === 'compose') ?? paths[0];
}

/** Grants that would let each change of a held edit pass, for a person who ticks what was asked for. */
function suggestions({ held }: Hold): readonly Grant[] {
  return outside(held.judgement).map(({ op, address, renamedTo }): Grant => {
    if (op === 'renamed' && renamedTo !== undefined)
      return { op: 'rename', address, to: formatAddress(renamedTo) };
    return { op: op === 'added' ? 'add' : op === 'removed' ? 'remove' : 'change', address };
  });
}

function noScope(): Refusal {
  return new Refusal(l10n.t('No scope is declared.'));
}
