import type { EntityKind, Position } from '../model/document.ts';
import type { Finding } from './findings/codes.ts';
import type { Affected } from './reasons.ts';

export type ChangeOp = 'added' | 'removed' | 'changed' | 'renamed';

/** One entity added, removed, changed or renamed. Texts for people are already masked. */
export interface Change {
  readonly op: ChangeOp;
  readonly kind: EntityKind;
  readonly path: readonly string[];
  readonly address: string;
  /** Where a renamed entity is now; `undefined` for every other op. */
  readonly renamedTo: readonly string[] | undefined;
  /** What it was and what it is, in one line each; `undefined` on the side where it does not exist. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Takes something away from the running system. */
  readonly loss: boolean;
  /** Puts stored data out of reach. Always a loss too. */
  readonly dataLoss: boolean;
  readonly before: Position | undefined;
  readonly after: Position | undefined;
  /** What goes or comes with it, a short line each. */
  readonly details: readonly string[];
  /** What a person must see in it, under codes that stay. */
  readonly findings: readonly Finding[];
}

/** What the changes do beyond the entities they name. */
export interface Impact {
  /** `l9-redis 6379` for `6379:6379/tcp` of a service that no longer publishes it. */
  readonly unpublishedPorts: readonly UnpublishedPort[];
  /** Names of volumes that no service mounts any more, declared or not. */
  readonly orphanedVolumes: readonly string[];
  readonly danglingReferences: readonly DanglingReference[];
  /** What `up` would recreate, create (`+`) or no longer know (`-`): `service:app`, `+network:edge`. */
  readonly recreated: readonly string[];
  /** Which services stop working, are stopped or made anew in consequence. */
  readonly cascade: readonly Affected[];
}

export const noImpact: Impact = {
  unpublishedPorts: [],
  orphanedVolumes: [],
  danglingReferences: [],
  recreated: [],
  cascade: [],
};

export interface UnpublishedPort {
  readonly service: string;
  /** As published on the host, `127.0.0.1:8080` with a host address, `6379` without. */
  readonly published: string;
}

export interface DanglingReference {
  /** Address of the entity that names something, in the text after. */
  readonly from: string;
  /** Address of what it names and what does not exist. */
  readonly to: string;
  readonly line: number;
  readonly column: number;
}
