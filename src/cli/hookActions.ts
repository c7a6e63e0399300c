import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Action } from '../core/commands/effects.ts';
import type { InfraDocument } from '../core/model/document.ts';
import { printable } from '../core/printable.ts';
import type { ActionOn } from '../core/verdict/judgeCommand.ts';
import { documentOf } from '../judging.ts';
import type { HookCall } from './hook.ts';
import type { HeldCall } from './hookAsk.ts';
import { originOf } from './hookWorkspace.ts';
import { counted, firstOf, wordsFor } from './words.ts';
import type { Workspace } from './workspace.ts';

/** Judges what commands would do to what runs, by the scope that counts for the file that states it. */
export async function reviewActions(
  call: HookCall,
  project: Workspace,
  actions: readonly Action[],
  cwd: string,
): Promise<readonly HeldCall[]> {
  const known = actions.length === 0 ? [] : await composeFiles(project);
  const held: HeldCall[] = [];
  for (const action of actions) {
    for (const [path, done] of await placesOf(action, known, cwd)) {
      const one = await review(call, project, path, done);
      if (one !== undefined) held.push(one);
    }
  }
  return held;
}

async function review(
  call: HookCall,
  project: Workspace,
  path: string,
  done: ActionOn,
): Promise<HeldCall | undefined> {
  const origin = originOf(call);
  const { verdict, changes } = await project.guard.reviewActions({ path, origin, done: [done] });
  if (verdict === 'allow') return undefined;
  const outside = changes.filter(({ inScope }) => !inScope);
  const named = firstOf(
    outside,
    (change) => `${wordsFor(change.path)}${change.dataLoss ? ' (data loss)' : ''}`,
  );
  const what =
    verdict === 'undecided'
      ? `${path} could not be read, so that nobody can tell what it takes away`
      : `it would stop or take away ${counted(outside.length, 'thing')} outside the scope: ${named}`;
  const reason = printable(`Infrahold holds \`${done.action.text}\`: ${what}. A person decides about that.`);
  const takes = outside
    .map(({ path: lost, dataLoss }) => ({ name: wordsFor(lost), dataLoss }))
    .sort((one, other) => Number(other.dataLoss) - Number(one.dataLoss));
  const command = { text: done.action.text, takes: takes.slice(0, mostTaken) };
  return { workspace: project, reason, verdict, held: undefined, command };
}

/** Nobody reads more of them, and all have to go through a door. */
const mostTaken = 100;

interface ComposeFile {
  readonly path: string;
  readonly full: string;
  readonly document: InfraDocument;
}

async function composeFiles({ root, guard, ports }: Workspace): Promise<readonly ComposeFile[]> {
  const paths = (await ports.baselines.paths()).filter((path) => ports.policy.kindOf(path) === 'compose');
  const read = async (path: string) => ({
    path,
    full: join(root, path).replaceAll('\\', '/'),
    document: documentOf('compose', await guard.baseline(path)),
  });
  return Promise.all(paths.map(read));
}

type Place = readonly [path: string, done: ActionOn];

/** An action with each file that states what it is done to; the empty path where no guarded file does. */
async function placesOf(
  action: Action,
  known: readonly ComposeFile[],
  cwd: string,
): Promise<readonly Place[]> {
  const on = ({ path, document }: ComposeFile): Place => [path, { action, document }];
  const given = action.tool === 'compose' ? action.files : [];
  const named = known.filter(({ full }) => given.includes(full));
  const near = action.tool === 'compose' ? nearest(known, action.folder) : nearest(known, cwd);
  const main = named[0] ?? near[0];
  const isStated = action.tool === 'compose' || action.tool === 'docker';
  if (main === undefined || !isStated) return [['', { action, document: undefined }]];
  if (action.tool === 'docker') return [on(main)];
  const foreign = given.filter((file) => known.every(({ full }) => full !== file));
  const started = foreign.map(async (file): Promise<Place> => {
    const other = documentOf('compose', await readFile(file).catch(() => undefined));
    return [main.path, { action, document: main.document, started: other }];
  });
  return [...(given.length === 0 ? near : named).map(on), ...(await Promise.all(started))];
}

/** Compose takes the first of its names, with the override beside it, in the folder or one above (compose-go cli/options.go). */
function nearest(known: readonly ComposeFile[], folder: string): readonly ComposeFile[] {
  for (let at = folder; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const here = known.filter(({ full }) => defaultNames.some((name) => full === `${at}/${name}`));
    if (here.length > 0) return here;
    if (at === '') return known.slice(0, 1);
  }
}

const defaultNames = ['compose', 'docker-compose', 'compose.override', 'docker-compose.override'].flatMap(
  (name) => [`${name}.yaml`, `${name}.yml`],
);
