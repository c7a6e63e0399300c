import { decodeText, encodeText, sameBytes } from './content.ts';
import type { Problem } from './core/model/document.ts';
import { emptyDocument, readDocument } from './core/model/read.ts';
import { formatGrant } from './core/scope/grants.ts';
import { judge, judgeUnreadable, salvageInScope } from './core/verdict/judge.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import type { AuditEvent, DeclaredScope, Origin, Ports, Road } from './ports.ts';

/** An edit of a protected file that somebody wants to make, or has made. `after` is `undefined` for a removal. */
export interface Edit {
  readonly path: string;
  readonly after: Uint8Array | undefined;
  readonly road: Road;
  readonly origin: Origin;
}

/** An edit that waits for a person. There is at most one for a path: a newer proposal takes its place. */
export interface HeldEdit {
  /** The quarantine's id of the proposal. */
  readonly id: string;
  readonly path: string;
  readonly baseline: Uint8Array | undefined;
  readonly proposal: Uint8Array | undefined;
  readonly judgement: Judgement;
  readonly road: Road;
  readonly origin: Origin;
  readonly at: number;
}

export type Review =
  | { readonly outcome: 'pass'; readonly judgement: Judgement }
  /** `isNew` is false when the same proposal is held already: the person was told once and is not told again. */
  | { readonly outcome: 'held'; readonly judgement: Judgement; readonly held: HeldEdit; readonly isNew: boolean };

export type Choice = 'approve' | 'keep-asked' | 'put-back';

/** Lands the chosen content: the guard's own way is `ports.files.replace`, an editor may save its buffer. */
export type Land = (path: string, content: Uint8Array | undefined) => Promise<void>;

export interface Guard {
  /** Before a write: may these bytes be written? Touches no protected file. A held edit is in quarantine. */
  review(edit: Edit): Promise<Review>;
  /**
   * After a write, or when there may have been one: looks at the file on disk, accepts what may stay and puts the
   * baseline back over what may not. `undefined` when the disk holds the baseline already.
   */
  settle(path: string, road: 'disk' | 'start', origin: Origin): Promise<Review | undefined>;
  /** Takes what is on disk as the first baseline where there is none. */
  adopt(path: string): Promise<void>;
  /** What would stay of a held edit if only what is in scope were kept. */
  salvage(held: HeldEdit): Promise<{ readonly text: string } | { readonly problem: Problem }>;
  /** Carries out a person's choice and ends the hold. Throws, and still holds, when the content cannot be landed. */
  resolve(held: HeldEdit, choice: Choice, land?: Land): Promise<void>;
  held(): readonly HeldEdit[];
  baseline(path: string): Promise<Uint8Array | undefined>;
  scope(): Promise<DeclaredScope | undefined>;
  declare(scope: DeclaredScope | undefined): Promise<void>;
  /** Judges every held edit again, after the scope has changed. Nothing is let pass by it: a person still chooses. */
  rejudge(): Promise<readonly HeldEdit[]>;
}
