import { formatAddress, type Path } from '../../model/address.ts';
import type { InfraDocument } from '../../model/document.ts';
import type { Grant, GrantOp } from '../grant.ts';

/** What came of one thing that was asked for: grants, or what it may mean; `undefined` where nothing fits. */
export type Outcome =
  | { readonly grants: readonly Grant[] }
  | { readonly candidates: readonly Candidate[] }
  | undefined;

/** One of several things that words may mean, and the grants with which a person would say that it is meant. */
export interface Candidate {
  readonly address: string;
  readonly grants: readonly Grant[];
}

/** Entities that words may mean. `isEach`: the person plainly means every one of them. */
export interface Found {
  readonly paths: readonly Path[];
  readonly isEach: boolean;
}

/** What one sentence has said so far. */
export interface Context {
  readonly document: InfraDocument;
  /** The service that was spoken of last in this sentence; what "it" and "its" mean. */
  it: Path | undefined;
}

export function granted(op: Exclude<GrantOp, 'rename'>, ...paths: readonly Path[]): Outcome {
  return { grants: paths.map((path) => ({ op, address: formatAddress(path) })) };
}

export function candidates(op: Exclude<GrantOp, 'rename'>, paths: readonly Path[]): Outcome {
  const addresses = [...new Set(paths.map(formatAddress))];
  return addresses.length === 0
    ? undefined
    : { candidates: addresses.map((address) => ({ address, grants: [{ op, address }] })) };
}

/** Whatever an outcome may allow, as things to choose from. */
export function choices(outcome: Outcome): readonly Candidate[] {
  if (outcome === undefined) return [];
  if ('candidates' in outcome) return outcome.candidates;
  return outcome.grants.map((grant) => ({ address: grant.address, grants: [grant] }));
}

/** One entity is granted, several are asked about unless each of them is meant. */
export function decide(op: Exclude<GrantOp, 'rename'>, found: Found | undefined): Outcome {
  if (found === undefined || found.paths.length === 0) return undefined;
  return found.paths.length === 1 || found.isEach ? granted(op, ...found.paths) : candidates(op, found.paths);
}
