import { formatAddress, type Path } from '../../model/address.ts';
import type { InfraDocument } from '../../model/document.ts';
import type { Grant, GrantOp } from '../grant.ts';

/** What came of one thing that was asked for: grants, or what it may mean; `undefined` where nothing fits. */
export type Outcome =
  | { readonly grants: readonly Grant[] }
  | { readonly candidates: readonly string[] }
  | undefined;

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

export function candidates(paths: readonly Path[]): Outcome {
  return paths.length === 0 ? undefined : { candidates: [...new Set(paths.map(formatAddress))] };
}

/** One entity is granted, several are asked about unless each of them is meant. */
export function decide(op: Exclude<GrantOp, 'rename'>, found: Found | undefined): Outcome {
  if (found === undefined || found.paths.length === 0) return undefined;
  return found.paths.length === 1 || found.isEach ? granted(op, ...found.paths) : candidates(found.paths);
}
