import type { InfraDocument } from '../core/model/document.ts';
import type { Grant, RequestReading } from '../core/scope/grant.ts';
import { formatGrant, parseGrant } from '../core/scope/grants.ts';
import { readRequest } from '../core/scope/request.ts';

/** Reads what a person typed: grants as they are typed, and anything else as prose about the document. */
export function readTyped(typed: string, document: InfraDocument): RequestReading {
  const parts = typed.split(/[\n,;]/).filter((part) => part.trim() !== '');
  const grants = grantsOf(parts);
  if (parts.length > 0 && grants.length === parts.length) return { grants, ambiguous: [], notUnderstood: [] };
  return readRequest(typed, document);
}

/** Grants without repetition, in the order they came. */
export function distinct(grants: readonly Grant[]): readonly Grant[] {
  return [...new Map(grants.map((grant) => [formatGrant(grant), grant])).values()];
}

/** What an ambiguous phrase may mean, as far as it can be granted. */
export function candidateGrants(candidates: readonly string[]): readonly Grant[] {
  return grantsOf(candidates);
}

function grantsOf(texts: readonly string[]): readonly Grant[] {
  return texts.flatMap((text) => {
    const grant = parseGrant(text.trim());
    return 'problem' in grant ? [] : [grant];
  });
}
