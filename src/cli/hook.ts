import { resolve } from 'node:path';
import type { HostAdapter, Proposal, Reply } from '../agents/protocol.ts';
import { adapterFor, detect, hosts } from '../agents/registry.ts';
import { type ExitCode, exit } from './exit.ts';
import { mayBeProtected } from './hookPaths.ts';
import { type Source, type World, write } from './world.ts';

export interface AgentOrigin {
  readonly author: 'ai';
  readonly tool: string;
  readonly session?: string;
}

/** Why these edits may not be made; `undefined` when they may. */
export type ReviewProposals = (
  world: World,
  root: string,
  proposals: readonly Proposal[],
  origin: AgentOrigin,
) => Promise<string | undefined>;

/**
 * Answers one payload. What reviews an edit is loaded only when the payload has named a file of ours, because this
 * stands before every edit there is.
 */
export async function runHook(
  world: World,
  [host = '', ...rest]: readonly string[],
  loadReview: () => Promise<ReviewProposals>,
): Promise<ExitCode> {
  const typed = adapterFor(host);
  if (typed === undefined || rest.length > 0) {
    const what = rest.length > 0 ? `unexpected "${rest.join(' ')}"` : `there is no host "${host}"`;
    // 2 is also what the hosts take for a refusal, so that a hook that cannot work does not let edits pass.
    await write(world.stderr, `infrahold: ${what}; \`infrahold hook\` serves ${hosts.join(', ')}.\n`);
    return exit.usage;
  }
  let adapter = detect(typed, undefined, world.env);
  try {
    const payload: unknown = JSON.parse(await readPayload(world.stdin));
    adapter = detect(typed, payload, world.env);
    return await answer(world, adapter, payload, loadReview);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return await reply(world, adapter.refuse(`Infrahold could not judge this edit, so it is held: ${why}`));
  }
}

async function answer(
  world: World,
  adapter: HostAdapter,
  payload: unknown,
  loadReview: () => Promise<ReviewProposals>,
): Promise<ExitCode> {
  const decoded = adapter.decode(payload);
  if (decoded.kind === 'unreadable')
    return reply(world, adapter.refuse(`Infrahold: ${decoded.why}.`, decoded.sender?.event));
  if (decoded.kind !== 'edits') return reply(world, adapter.pass());
  const { event, session } = decoded;
  const folder = resolve(world.cwd, decoded.folder ?? '');
  const root = adapter.folderVariables.map((name) => world.env[name]).find((value) => value) ?? folder;
  const concerned = decoded.proposals
    .map((proposal) => inFolder(folder, proposal))
    .filter(({ path }) => mayBeProtected(root, path));
  if (concerned.length === 0) return reply(world, adapter.pass());
  const origin = { author: 'ai' as const, tool: adapter.id, ...(session && { session }) };
  const reason = await inTime(loadReview().then((review) => review(world, root, concerned, origin)));
  return reply(world, reason === undefined ? adapter.pass() : adapter.refuse(reason, event));
}

/** What an agent names is relative to the folder it is in, which need not be the project's. */
function inFolder(folder: string, { path, change }: Proposal): Proposal {
  const from =
    change.how === 'patch' && change.from !== undefined ? { from: resolve(folder, change.from) } : {};
  return { path: resolve(folder, path), change: { ...change, ...from } };
}

/** Hosts let an edit pass when its hook is late, so a late answer is a no in time. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no judgement within ${deadline / 1000} s`)), deadline);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

const deadline = 8_000;

/** A text that holds one protected file and its edit is far smaller. */
const largestPayload = 64 * 1024 * 1024;

/** Bounded, because a host that never stops writing must not keep a hook from answering. */
async function readPayload(source: Source): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > largestPayload) throw new Error('the payload is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** Standard output belongs to the answer alone; hosts read nothing else there. */
async function reply(world: World, { stdout, stderr, exitCode }: Reply): Promise<ExitCode> {
  if (stderr !== '') await write(world.stderr, stderr);
  if (stdout !== '') await write(world.stdout, stdout);
  return exitCode;
}
