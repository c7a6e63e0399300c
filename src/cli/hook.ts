import { resolve } from 'node:path';
import type { Decoded, HostAdapter, Other, Proposal, Reply, Unreadable } from '../agents/protocol.ts';
import { adapterFor, detect, hosts } from '../agents/registry.ts';
import { textOf } from '../content.ts';
import { type ExitCode, exit } from './exit.ts';
import { mayBeOwn, mayBeProtected, projectAround, takesFolder } from './hookPaths.ts';
import { type Source, type World, write } from './world.ts';

/** What a host has announced and what concerns us: paths are absolute, files that are nobody's concern are left out. */
export interface HookCall {
  readonly world: World;
  readonly adapter: HostAdapter;
  /** The project's folder. */
  readonly root: string;
  /** The folder that the host has named: the project, or one below it where a host does not know of projects. */
  readonly named: string;
  /** The folder that the agent is in. */
  readonly folder: string;
  readonly announced: Announced;
  /** As the host has sent it. */
  readonly payload: string;
  /** Whether this process was started by another, which waits for it. */
  readonly isApart: boolean;
}

export type Announced = Exclude<Decoded, Other | Unreadable>;

/** In the words of the protocol. What is not said is a pass. */
export type Answer =
  | { readonly say: 'pass' }
  | { readonly say: 'refuse' | 'ask' | 'tell'; readonly text: string };

export type AnswerCall = (call: HookCall) => Promise<Answer>;

/** Behind the host, where a hook starts this program again. */
export const apart = '--apart';

/** What a hook did that could not answer, or not in time: what it had begun may still be going on. */
export const givenUp = 'hook given up';

/**
 * Answers one payload. What answers is loaded only when the payload concerns us, because this stands before every
 * edit there is.
 */
export async function runHook(
  world: World,
  [host = '', ...rest]: readonly string[],
  load: () => Promise<AnswerCall>,
): Promise<ExitCode> {
  const typed = adapterFor(host);
  const isApart = rest.length === 1 && rest[0] === apart;
  if (typed === undefined || (rest.length > 0 && !isApart)) {
    const what = rest.length > 0 ? `unexpected "${rest.join(' ')}"` : `there is no host "${host}"`;
    // 2 is also what the hosts take for a refusal, so that a hook that cannot work does not let edits pass.
    await write(world.stderr, `infrahold: ${what}; \`infrahold hook\` serves ${hosts.join(', ')}.\n`);
    return exit.usage;
  }
  let adapter = detect(typed, undefined, world.env);
  let decoded: Decoded | undefined;
  try {
    const payload = await readPayload(world.stdin);
    const said: unknown = JSON.parse(payload);
    adapter = detect(typed, said, world.env);
    decoded = adapter.decode(said);
    return await answer({ world, adapter, payload, isApart }, decoded, load);
  } catch (error) {
    world.did?.(givenUp);
    const why = error instanceof Error ? error.message : String(error);
    const event = decoded !== undefined && 'event' in decoded ? decoded.event : undefined;
    return await reply(world, adapter.refuse(`Infrahold could not ${failed(decoded)}: ${why}`, event));
  }
}

function failed(decoded: Decoded | undefined): string {
  switch (decoded?.kind) {
    case 'command':
      return 'judge this command, so it is held';
    case 'prompt':
    case 'start':
    case 'end':
      return 'take note of this, so nothing more is allowed by it';
    case 'after':
      return 'look at the protected files after this tool';
    default:
      return 'judge this edit, so it is held';
  }
}

async function answer(
  asked: Pick<HookCall, 'world' | 'adapter' | 'payload' | 'isApart'>,
  decoded: Decoded,
  load: () => Promise<AnswerCall>,
): Promise<ExitCode> {
  const { world, adapter } = asked;
  if (decoded.kind === 'other') return reply(world, adapter.pass());
  if (decoded.kind === 'unreadable')
    return reply(world, adapter.refuse(`Infrahold: ${decoded.why}.`, decoded.sender?.event));
  const folder = resolve(world.cwd, decoded.folder ?? '');
  const told = adapter.folderVariables.map((name) => world.env[name]).find((value) => value);
  const root = told ?? projectAround(folder);
  const announced = concerning(decoded, root, folder);
  if (announced === undefined) return reply(world, adapter.pass());
  const answerCall = await load();
  const given = await answerCall({ ...asked, root, named: told ?? folder, folder, announced });
  world.did?.(`hook ${announced.kind} ${given.say}`);
  if (given.say === 'pass') return reply(world, adapter.pass());
  return reply(world, adapter[given.say](given.text, announced.event));
}

/** `undefined` where none of the files can be a protected one. */
function concerning(decoded: Announced, root: string, folder: string): Announced | undefined {
  if (decoded.kind !== 'edits' && decoded.kind !== 'after') return decoded;
  const proposals = decoded.proposals
    .map((proposal) => inFolder(folder, proposal))
    .filter(({ path, change }) => mayBeProtected(root, path) || mayBeOwn(path) || takesFolder(change, path));
  // An edit tool has written what it was let write, and nothing else.
  const isNothing = proposals.length === 0 && (decoded.kind === 'edits' || decoded.proposals.length > 0);
  return isNothing ? undefined : { ...decoded, proposals };
}

/** What an agent names is relative to the folder it is in, which need not be the project's. */
function inFolder(folder: string, { path, change }: Proposal): Proposal {
  const from =
    change.how === 'patch' && change.from !== undefined ? { from: resolve(folder, change.from) } : {};
  return { path: resolve(folder, path), change: { ...change, ...from } };
}

/** A text that holds one protected file and its edit is far smaller. */
const largestPayload = 64 * 1024 * 1024;

/** Bounded, because a host that never stops writing must not keep a hook from answering; bytes that are no UTF-8 say nothing. */
async function readPayload(source: Source): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > largestPayload) throw new Error('the payload is too large');
    chunks.push(bytes);
  }
  const text = textOf(Buffer.concat(chunks));
  if (text === undefined) throw new Error('the payload is no UTF-8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Standard output belongs to the answer alone; hosts read nothing else there. */
async function reply(world: World, { stdout, stderr, exitCode }: Reply): Promise<ExitCode> {
  if (stderr !== '') await write(world.stderr, stderr);
  if (stdout !== '') await write(world.stdout, stdout);
  return exitCode;
}
