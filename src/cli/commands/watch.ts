import { setFlagsFromString } from 'node:v8';
import type { HeldEdit } from '../../choosing.ts';
import { asksForGuard, policyFile } from '../../core/model/kinds.ts';
import { printable } from '../../core/printable.ts';
import { settler } from '../../disk/settler.ts';
import { watchFiles } from '../../disk/watch.ts';
import { firstLook } from '../../firstLook.ts';
import type { Hold, Review } from '../../holding.ts';
import type { Call, Command } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { type Paint, paintFor, wrap } from '../formats/paint.ts';
import { formatText } from '../formats/text.ts';
import { time } from '../time.ts';
import { counted } from '../words.ts';
import { openWorkspace } from '../workspace.ts';
import { type World, write } from '../world.ts';

export const watch: Command = {
  name: 'watch',
  summary: 'guard the protected files of this folder on disk',
  usage: ['watch'],
  options: {},
  operands: [0, 0],
  notes: [
    'A write beyond the declared scope is put back within milliseconds, kept whole, and told here with what it would\n' +
      'have cost. What was changed while nobody watched is told and left for a person to decide. Ctrl+C ends it.',
  ],
  run,
};

async function run({ world }: Call): Promise<ExitCode> {
  // The look at the start makes garbage, for which the engine would keep thirty megabytes as long as the guard runs.
  setFlagsFromString('--semi-space-growth-factor=1');
  const workspace = await openWorkspace(world.cwd, world, { watches: true });
  const { root, guard, ports } = workspace;
  const paint = paintFor(world.stdout, world.env);
  const protects = (path: string) => ports.policy.kindOf(path) !== undefined;
  const failed = (error: unknown): undefined => {
    const why = error instanceof Error ? error.message : String(error);
    void write(world.stderr, `infrahold: ${printable(why)}\n`);
  };
  const settle = settler(async (path) => {
    await tell(world, paint, await guard.settle(path, 'disk', { author: 'unknown' }));
  }, failed);
  // Watching begins before the first look, so that nothing falls between the two.
  const watcher = watchFiles(root, { protects, onWrite: settle.soon, onError: failed });
  const ours: { dispose(): void }[] = [watcher];
  try {
    await watcher.ready;
    // A policy that comes later is judged, as one that is changed.
    await guard.adopt(policyFile);
    const found = watcher.found();
    await ask(world, paint, await firstLook(guard, ports, { found, protects, failed }));
    const count = found.filter((path) => asksForGuard(ports.policy.kindOf(path))).length;
    // Agents' hooks learn that somebody watches only once everything is watched.
    ours.push(workspace.store.announce());
    await write(
      world.stdout,
      `Guarding ${counted(count, 'protected file')} in ${printable(root)}. Ctrl+C ends.\n`,
    );
    await world.untilStopped();
  } finally {
    for (const one of ours) one.dispose();
  }
  await settle.done();
  await write(
    world.stdout,
    `${counted(guard.held().length, 'edit')} held. \`infrahold restore\` lists what was refused.\n`,
  );
  return exit.allowed;
}

/** One question about everything that was changed while nobody watched: a few in full, many by name. */
async function ask(world: World, paint: Paint, changed: readonly Hold[]): Promise<void> {
  if (changed.length === 0) return;
  const said =
    changed.length <= mostInFull
      ? await Promise.all(changed.map((review) => inFull(review, paint, '')))
      : [changed.map(({ held, judgement }) => lineFor(held, judgement.changes.length)).join('\n')];
  const files = `${counted(changed.length, 'file')} changed while nobody watched`;
  const next =
    `${files}, and nothing was undone. What is right: commit it, or approve it in the editor. ` +
    'What is not: infrahold restore --accepted FILE puts the accepted version back.';
  await write(world.stdout, `${said.join('\n')}\n${wrap(next, 0, paint.width)}\n\n`);
}

const mostInFull = 3;

function lineFor({ path, id }: HeldEdit, changes: number): string {
  return `${printable(path)}: ${counted(changes, 'change')} (kept as ${id})`;
}

/** Each held edit once: a tool that tries ten times is told of once. */
async function tell(world: World, paint: Paint, review: Review | undefined): Promise<void> {
  if (review?.outcome !== 'held' || !review.isNew) return;
  const { id, at } = review.held;
  const next = `Put back: the file is again as it was accepted; the refused version is kept whole: infrahold restore ${id}.`;
  await write(world.stdout, `${paint.dim(time(at))}\n${await inFull(review, paint, next)}\n`);
}

async function inFull({ held: { path }, judgement }: Hold, paint: Paint, next: string): Promise<string> {
  const impact = await judgement.impact();
  return formatText({ file: path, before: path, after: path, judgement, impact }, paint, next);
}
