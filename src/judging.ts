import { decodeText } from './content.ts';
import type { Sources } from './core/model/compose/sources.ts';
import type { DocumentKind, InfraDocument } from './core/model/document.ts';
import { emptyDocument, readDocument } from './core/model/read.ts';

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
