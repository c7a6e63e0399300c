import type { Proposal, Reply } from '../agents/protocol.ts';
import { adapterFor, hosts, hostsToCome } from '../agents/registry.ts';
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
  const adapter = adapterFor(host);
  if (adapter === undefined || rest.length > 0) {
    const known = hostsToCome.includes(host) ? `${host} is not supported yet` : `there is no host "${host}"`;
    const what = rest.length > 0 ? `unexpected "${rest.join(' ')}"` : known;
    // 2 is also what the hosts take for a refusal, so that a hook that cannot work does not let edits pass.
    await write(world.stderr, `infrahold: ${what}; \`infrahold hook\` serves ${hosts.join(' and ')}.\n`);
    return exit.usage;
  }
  const folder = adapter.folderVariable === undefined ? undefined : world.env[adapter.folderVariable];
  try {
    const decoded = adapter.decode(JSON.parse(await readPayload(world.stdin)));
    if (decoded.kind === 'other') return exit.allowed;
    if (decoded.kind === 'unreadable')
      return await reply(world, adapter.refuse(`Infrahold: ${decoded.why}.`));
    const root = folder ?? decoded.folder ?? world.cwd;
    const concerned = decoded.proposals.filter(({ path }) => mayBeProtected(root, path));
    if (concerned.length === 0) return exit.allowed;
    const origin = {
      author: 'ai' as const,
      tool: adapter.id,
      ...(decoded.session && { session: decoded.session }),
    };
    const reason = await inTime(loadReview().then((review) => review(world, root, concerned, origin)));
    return reason === undefined ? exit.allowed : await reply(world, adapter.refuse(reason));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return await reply(world, adapter.refuse(`Infrahold could not judge this edit, so it is held: ${why}`));
  }
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
  return Buffer.concat(chunks).toString('utf8');
}

/** Standard output belongs to the answer alone; hosts read nothing else there. */
async function reply(world: World, { stdout, stderr, exitCode }: Reply): Promise<ExitCode> {
  if (stderr !== '') await write(world.stderr, stderr);
  if (stdout !== '') await write(world.stdout, stdout);
  return exitCode;
}
