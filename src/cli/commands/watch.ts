import type { HeldEdit } from '../../choosing.ts';
import { asksForGuard } from '../../core/model/kinds.ts';
import { findProtected } from '../../disk/find.ts';
import { watchFiles } from '../../disk/watch.ts';
import type { Review } from '../../guard.ts';
import type { Call, Command } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { formatText } from '../formats/text.ts';
import { settler } from '../settler.ts';
import { time } from '../time.ts';
import { counted, printable } from '../words.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
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
  const workspace = await openWorkspace(world.cwd, world);
  const { root, guard, ports } = workspace;
  const paint = paintFor(world.stdout, world.env);
  const protects = (path: string) => ports.policy.kindOf(path) !== undefined;
  const failed = (error: unknown) => {
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
    const count = await firstLook(workspace, protects, (review) => tell(world, paint, review));
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

/** Takes what is new as accepted and judges what was changed while nobody watched. */
async function firstLook(
  { root, guard, ports }: Workspace,
  protects: (path: string) => boolean,
  told: (review: Review | undefined) => Promise<void>,
): Promise<number> {
  const known = new Set(await ports.baselines.paths());
  const found = await findProtected(root, protects);
  const paths = new Set([...found, ...[...known].filter(protects)]);
  for (const path of paths) {
    if (known.has(path)) await told(await guard.settle(path, 'start', { author: 'unknown' }));
    else await guard.adopt(path);
  }
  return found.filter((path) => asksForGuard(ports.policy.kindOf(path))).length;
}

/** Each held edit once: a tool that tries ten times is told of once. */
async function tell(world: World, paint: Paint, review: Review | undefined): Promise<void> {
  if (review?.outcome !== 'held' || !review.isNew) return;
  const { held, judgement } = review;
  const impact = await judgement.impact();
  const report = { file: held.path, before: held.path, after: held.path, judgement, impact };
  await write(world.stdout, `${paint.dim(time(held.at))}\n${formatText(report, paint, nextAfter(held))}\n`);
}

/** What was put back needs nobody; what was found changed at the start does. */
function nextAfter({ id, road }: HeldEdit): string {
  const kept = `the refused version is kept whole: infrahold restore ${id}`;
  return road === 'start'
    ? `Next: this was changed while nobody watched, and it is still on disk. Decide in the editor, or put back the file by hand; ${kept}.`
    : `Put back: the file is again as it was accepted; ${kept}.`;
}
