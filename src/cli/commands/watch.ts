import { setFlagsFromString } from 'node:v8';
import type { HeldEdit } from '../../choosing.ts';
import { asksForGuard, policyFile } from '../../core/model/kinds.ts';
import { printable } from '../../core/printable.ts';
import { settler } from '../../disk/settler.ts';
import { type Watch, watchFiles } from '../../disk/watch.ts';
import { firstLook } from '../../firstLook.ts';
import type { Hold, Review } from '../../holding.ts';
import type { Call, Command } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { type Paint, paintFor, wrap } from '../formats/paint.ts';
import { formatText } from '../formats/text.ts';
import { time } from '../time.ts';
import { counted } from '../words.ts';
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
  // The look at the start makes garbage, for which the engine would keep thirty megabytes, half of them full of holes,
  // as long as the guard runs.
  for (const flag of ['--semi-space-growth-factor=1', '--optimize-for-size']) setFlagsFromString(flag);
  const workspace = await openWorkspace(world.cwd, world, { watches: true });
  const { guard } = workspace;
  const paint = paintFor(world.stdout, world.env);
  const failed = (error: unknown): undefined => {
    const why = error instanceof Error ? error.message : String(error);
    void write(world.stderr, `infrahold: ${printable(why)}\n`);
  };
  const settle = settler(async (path) => {
    await tell(world, paint, await guard.settle(path, 'disk', { author: 'unknown' }));
    const before = path === policyFile ? await workspace.takePolicy() : undefined;
    // Whoever accepted another policy did so for the guards that are at work, too.
    if (before !== undefined) await watching.begin((one) => before.kindOf(one) === undefined);
  }, failed);
  const watching = watchingIn(world, paint, workspace, { onWrite: settle.soon, onError: failed });
  const ours: { dispose(): void }[] = [watching];
  try {
    await watching.begin(
      () => true,
      () => {
        // Agents' hooks learn that somebody watches only once everything is watched.
        ours.push(workspace.store.announce());
      },
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

interface Watching {
  /** Watches what the policy protects now, and looks once at those files that are new to it. */
  begin(isNew: (path: string) => boolean, ready?: () => void): Promise<void>;
  dispose(): void;
}

function watchingIn(
  world: World,
  paint: Paint,
  { root, guard, ports, takePolicy }: Workspace,
  heed: { onWrite(path: string): void; onError(error: unknown): void },
): Watching {
  const protects = (path: string) => ports.policy.kindOf(path) !== undefined;
  let watcher: Watch | undefined;
  return {
    dispose: () => watcher?.dispose(),
    begin: async (isNew, ready = () => undefined) => {
      // Watching begins before the first look, and before the former one ends, so that nothing falls in between.
      const former = watcher;
      watcher = watchFiles(root, { protects, ...heed });
      await watcher.ready;
      former?.dispose();
      // A policy that comes later is judged, as one that is changed.
      if (former === undefined) await guard.adopt(policyFile).then(takePolicy);
      const found = watcher.found();
      const looked = {
        found: found.filter(isNew),
        protects: (path: string) => protects(path) && isNew(path),
      };
      await ask(world, paint, await firstLook(guard, ports, { ...looked, failed: heed.onError }));
      ready();
      const count = found.filter((path) => asksForGuard(ports.policy.kindOf(path))).length;
      const where = `${counted(count, 'protected file')} in ${printable(root)}`;
      await write(
        world.stdout,
        former === undefined
          ? `Guarding ${where}. Ctrl+C ends.\n`
          : `Another policy was accepted. Guarding ${where}.\n`,
      );
    },
  };
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
