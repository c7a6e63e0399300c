import type { InfraDocument } from '../core/model/document.ts';
import type { Grant, RequestReading } from '../core/scope/grant.ts';
import { formatGrant, parseGrant } from '../core/scope/grants.ts';

/** Reads what a person typed: grants as they are typed, and anything else as prose about the document. */
export type ReadTyped = (typed: string, document: InfraDocument, file?: string) => RequestReading;

/** The reader of prose is large and needed only while a scope is declared, so it is loaded then. */
export async function loadReader(): Promise<ReadTyped> {
  const { readRequest } = await import('../core/scope/request.ts');
  return (typed, document, file) => {
    const parts = typed.split(/[\n,;]/).filter((part) => part.trim() !== '');
    const grants = grantsOf(parts);
    if (parts.length > 0 && grants.length === parts.length)
      return { grants, ambiguous: [], notUnderstood: [] };
    return readRequest(typed, document, file);
  };
}

/** Grants without repetition, in the order they came. */
export function distinct(grants: readonly Grant[]): readonly Grant[] {
  return [...new Map(grants.map((grant) => [formatGrant(grant), grant])).values()];
}

function grantsOf(texts: readonly string[]): readonly Grant[] {
  return texts.flatMap((text) => {
    const grant = parseGrant(text.trim());
    return 'problem' in grant ? [] : [grant];
  });
}
