import { decodeText } from './content.ts';
import type { Sources } from './core/model/compose/sources.ts';
import type { DocumentKind, InfraDocument } from './core/model/document.ts';
import { emptyDocument, readDocument } from './core/model/read.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import type { Origin } from './ports.ts';

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
 * whether or not Compose would load it yet.
 * A policy, or what a policy protects as text, is another matter: its first version may already say too much.
 */
export function isFirstVersion(
  kind: DocumentKind,
  before: Uint8Array | undefined,
  { problems, changes }: Judgement,
): boolean {
  const isNew = kind === 'compose' && before === undefined && problems.every(({ ofModel }) => ofModel);
  return isNew && changes.every(({ op }) => op === 'added');
}

/** A person's own typing may be broken half-way and is theirs to save; nobody else's is. */
export function passes({ verdict }: Judgement, { author }: Origin): boolean {
  return verdict === 'allow' || (verdict === 'undecided' && author === 'human');
}
