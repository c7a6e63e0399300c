import { decodeText } from './content.ts';
import { overriddenBy } from './core/model/compose/override.ts';
import { leavesEveryValue } from './core/model/compose/sameValues.ts';
import type { Sources } from './core/model/compose/sources.ts';
import type { DocumentKind, InfraDocument } from './core/model/document.ts';
import { emptyDocument, readDocument } from './core/model/read.ts';
import type { Scope } from './core/scope/grant.ts';
import type { ActionOn } from './core/verdict/judgeCommand.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import { judgeLoading, judgeLoadingIfAllowed } from './core/verdict/loading.ts';
import type { DeclaredScope, Origin, Ports, Road, SessionScope } from './ports.ts';

/** An edit of a protected file that somebody wants to make, or has made. `after` is `undefined` for a removal. */
export interface Edit {
  readonly path: string;
  readonly after: Uint8Array | undefined;
  readonly road: Road;
  readonly origin: Origin;
  /** The program that writes, where it is not the tool or the editor made for edits: `sed -i`, `>`. */
  readonly by?: string | undefined;
  /** The agent's call, as its host numbers it. */
  readonly call?: string | undefined;
  /** Another process has put it on record, and asks about it here. */
  readonly isOnRecord?: boolean;
}

/** Judges an edit under the scope that is in force for it. */
export async function judgeEdit(
  ports: Ports,
  before: Uint8Array | undefined,
  edit: Edit,
): Promise<Judgement> {
  const kind = kindAt(ports, edit.path);
  const overridden = before === undefined ? await overriddenFile(ports, edit) : undefined;
  const path = overridden?.path ?? edit.path;
  const documents = overridden ?? { before: documentOf(kind, before), after: documentOf(kind, edit.after) };
  const { author } = edit.origin;
  // An agent waits for a hook, which only says yes or no; a person wants to read what is wrong with a held edit too.
  const judgeIt = edit.road === 'hook' ? judgeLoadingIfAllowed : judgeLoading;
  const judgement = await judgeUnderScopes(ports, { ...edit, path }, (scope) =>
    judgeIt({ ...documents, scope, author }, 'step'),
  );
  // With an override the text of the file itself stays, whatever becomes of its meaning.
  return overridden === undefined && judgement.verdict === 'undecided' && keepsEveryValue(documents)
    ? { ...judgement, verdict: 'allow', problems: [] }
    : judgement;
}

/** What is read is remembered, and what reads it and judges it runs faster the second time. */
export async function readAhead(ports: Ports, path: string, content: Uint8Array | undefined): Promise<void> {
  const kind = kindAt(ports, path);
  const documents = { before: emptyDocument(kind), after: documentOf(kind, content) };
  await judgeLoading({ ...documents, scope: undefined, author: 'unknown' }, 'step');
}

/** What cannot be judged cannot get worse by an edit that leaves every value as it was, such as one of a comment. */
function keepsEveryValue({ before, after }: Readonly<Record<'before' | 'after', InfraDocument>>): boolean {
  return after.kind === 'compose' && leavesEveryValue(before.text, after.text);
}

/**
 * A new override file changes what the file beside it comes to, so it is judged as that: from the file alone to the two
 * together, under the scope of the file. `undefined` where it overrides nothing, or cannot be read itself.
 */
async function overriddenFile(
  { baselines, files }: Ports,
  { path: override, after }: Edit,
): Promise<{ path: string; before: InfraDocument; after: InfraDocument } | undefined> {
  const decoded = after === undefined ? undefined : decodeText(after);
  if (decoded === undefined || !('text' in decoded)) return undefined;
  for (const path of overriddenBy(override)) {
    const accepted = await baselines.get(path);
    const content = accepted === undefined ? await files.read(path) : accepted.content;
    if (content === undefined) continue;
    if (readDocument('compose', decoded.text).problems.length > 0) return undefined;
    const read = (name: string) => (name === override ? decoded.text : undefined);
    const alone = { name: path, read: () => undefined };
    return {
      path,
      before: documentOf('compose', content, alone),
      after: documentOf('compose', content, { ...alone, read }),
    };
  }
  return undefined;
}

/** What an agent is about to do to what runs. `path` is the file that states it, empty where none does. */
export interface Actions extends Pick<Edit, 'path' | 'origin'> {
  readonly done: readonly ActionOn[];
}

export function judgeActions(ports: Ports, { path, origin, done }: Actions): Promise<Judgement> {
  const edit = { path, origin, road: 'hook' as const };
  return judgeUnderScopes(ports, edit, async (scope) => {
    const { judgeCommand } = await import('./core/verdict/judgeCommand.ts');
    return judgeCommand(done, scope, origin.author);
  });
}

/** Under several scopes one that allows is enough. */
async function judgeUnderScopes(
  ports: Ports,
  edit: Pick<Edit, 'path' | 'road' | 'origin'>,
  judgeUnder: (scope: Scope | undefined) => Promise<Judgement>,
): Promise<Judgement> {
  const scopes = await scopesOver(ports, edit);
  const [first, ...rest] = await Promise.all(scopes.map(judgeUnder));
  if (first === undefined) return judgeUnder(undefined);
  return [first, ...rest].find(({ verdict }) => verdict === 'allow') ?? first;
}

export function kindAt({ policy }: Ports, path: string): DocumentKind {
  return policy.kindOf(path) ?? 'text';
}

export async function declaredScope({ scopes, clock }: Ports): Promise<DeclaredScope | undefined> {
  const scope = await scopes.get();
  return scope !== undefined && scope.expiresAt > clock.now() ? scope : undefined;
}

/** What the sessions were told that still counts. */
export async function heardScopes({ sessions, clock }: Ports): Promise<readonly SessionScope[]> {
  return (await sessions.all()).filter(({ expiresAt }) => expiresAt > clock.now());
}

/**
 * The scopes of which each alone may let an edit pass. What a person has declared is the ceiling: while it is in force
 * no prompt adds to it. Before a tool runs, the prompts of its own session count. A write that is found on the disk is
 * signed by nobody, so there any session's may have asked for it.
 */
async function scopesOver(
  ports: Ports,
  { path, road, origin }: Pick<Edit, 'path' | 'road' | 'origin'>,
): Promise<readonly Scope[]> {
  const declared = await declaredScope(ports);
  if (declared !== undefined) return [declared];
  if (origin.author === 'human' || origin.author === 'git') return [];
  const heard = road === 'hook' ? await heardFrom(ports, origin) : await heardScopes(ports);
  return heard.flatMap(({ files }) =>
    files
      .filter((file) => file.path === path)
      .map(({ grants, isPart }): Scope => ({ grants, heard: isPart ? 'part' : 'whole' })),
  );
}

async function heardFrom(
  { sessions, clock }: Ports,
  { tool, session }: Origin,
): Promise<readonly SessionScope[]> {
  if (tool === undefined || session === undefined) return [];
  const scope = await sessions.get(tool, session);
  return scope !== undefined && scope.expiresAt > clock.now() ? [scope] : [];
}

/** Whether a person has let exactly this content take the place of exactly that one. */
export async function isApproved(
  { receipts, clock }: Ports,
  before: Uint8Array | undefined,
  { path, after, call }: Edit,
): Promise<boolean> {
  const receipt = await receipts.find(path, before, after);
  if (receipt === undefined || receipt.expiresAt <= clock.now()) return false;
  return receipt.call === undefined || receipt.call === call;
}

/**
 * Reads the bytes of a protected file, `undefined` for no file. Bytes that are no text give a document that holds
 * nothing but the problem, which no judgement ever allows.
 */
export function documentOf(
  kind: DocumentKind,
  content: Uint8Array | undefined,
  sources?: Sources,
): InfraDocument {
  if (content === undefined) return emptyDocument(kind);
  const decoded = decodeText(content);
  if ('text' in decoded) return readDocument(kind, decoded.text, sources);
  return { ...emptyDocument(kind), problems: [decoded.problem] };
}

/**
 * Where there was no Compose file there is nothing to lose, and a prompt for each new project would be one too many,
 * whether or not Compose would load it yet. An override file may bring services of its own, and touch no other.
 * A policy, or what a policy protects as text, is another matter: its first version may already say too much.
 */
export function isFirstVersion(
  kind: DocumentKind,
  before: Uint8Array | undefined,
  { problems, changes }: Judgement,
): boolean {
  const isNew = kind === 'compose' && before === undefined && problems.every(({ ofModel }) => ofModel);
  return (
    isNew && changes.every(({ op, path, loss }) => op === 'added' && path.length <= wholeEntity && !loss)
  );
}

/** `services.web` is one, `services.web.image` a part of one that is there. */
const wholeEntity = 2;

/** A person's own typing may be broken half-way and is theirs to save; nobody else's is. */
export function passes({ verdict }: Judgement, { author }: Origin): boolean {
  return verdict === 'allow' || (verdict === 'undecided' && author === 'human');
}
