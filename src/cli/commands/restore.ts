import { writeFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { printable } from '../../core/printable.ts';
import type { Quarantine, RefusedVersion } from '../../ports.ts';
import { type Call, type Command, UsageError } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { time } from '../time.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { write } from '../world.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'list the refused versions, or get one back whole',
  usage: ['restore', 'restore ID [--to FILE]', 'restore --accepted FILE'],
  options: {
    to: { value: 'FILE', about: 'Write it to this new file instead of standard output.' },
    accepted: {
      value: 'FILE',
      about:
        'Put the accepted version of this protected file back; what stands there now is kept as refused.',
    },
  },
  operands: [0, 1],
  notes: [
    'ID is the name in the list, or its beginning. A file that is there already is never written over.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  const workspace = await openWorkspace(world.cwd, world);
  const { ports } = workspace;
  const [typed] = call.operands;
  const to = call.value('to');
  const accepted = call.value('accepted');
  if (accepted !== undefined) {
    if (typed !== undefined || to !== undefined) throw new UsageError('--accepted stands alone.');
    return putBack(call, workspace, accepted);
  }
  if (typed === undefined) {
    if (to !== undefined) throw new UsageError('--to needs the ID of a refused version.');
    return list(call, ports.quarantine);
  }
  const { path, content } = await find(ports.quarantine, typed);
  if (content === undefined)
    throw new Error(`the refused edit removed ${printable(path)}: there is no text to give back`);
  if (to === undefined) {
    await write(world.stdout, content);
    return exit.allowed;
  }
  await writeFile(resolve(world.cwd, to), content, { flag: 'wx' }).catch((error: unknown) => {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw isThere ? new UsageError(`${to} is there already; name a new file.`) : error;
  });
  await write(world.stderr, `infrahold: wrote the refused version of ${printable(path)} to ${to}\n`);
  return exit.allowed;
}

/** The guard itself does it, as for any write: what is neutral, in scope or committed stays, and all the rest is kept. */
async function putBack({ world }: Call, { root, guard, ports }: Workspace, file: string): Promise<ExitCode> {
  const path = relative(root, resolve(world.cwd, file)).split(sep).join('/');
  if ((await ports.baselines.get(path)) === undefined)
    throw new UsageError(`no version of ${printable(file)} was accepted here.`);
  const review = await guard.settle(path, 'disk', { author: 'unknown' });
  const said =
    review === undefined
      ? 'it is as it was accepted'
      : review.outcome === 'pass'
        ? 'what it holds may stay, and is accepted now'
        : `it is again as it was accepted; what stood there is kept: infrahold restore ${review.held.id}`;
  await write(world.stderr, `infrahold: ${printable(path)}: ${said}\n`);
  return exit.allowed;
}

/** Newest first, one line each, the id first so that it can be cut out. */
async function list({ world }: Call, quarantine: Quarantine): Promise<ExitCode> {
  const versions = await quarantine.list();
  const lines = versions.map(({ id, path, at, origin, road, verdict }) =>
    printable(`${id}  ${time(at)}  ${path}  (${verdict}; ${origin.tool ?? origin.author}, ${road})`),
  );
  await write(world.stdout, lines.length === 0 ? 'No version was refused here.\n' : `${lines.join('\n')}\n`);
  return exit.allowed;
}

/** An id is long, and the beginning of it is enough as long as it means one version. */
async function find(quarantine: Quarantine, typed: string): Promise<RefusedVersion> {
  const ids = (await quarantine.list()).map(({ id }) => id).filter((id) => id.startsWith(typed));
  const [id, another] = ids.includes(typed) ? [typed] : ids;
  if (id === undefined)
    throw new UsageError(`no refused version is called "${typed}"; \`infrahold restore\` lists them.`);
  if (another !== undefined) throw new UsageError(`"${typed}" is the beginning of several; type more of it.`);
  const version = await quarantine.get(id);
  if (version === undefined) throw new Error(`the refused version ${id} is damaged`);
  return version;
}
