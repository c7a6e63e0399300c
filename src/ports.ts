import type { DocumentKind } from './core/model/document.ts';
import type { Scope } from './core/scope/grant.ts';
import type { Heard } from './core/scope/hear.ts';
import type { Author, Verdict } from './core/verdict/judgement.ts';

/** What the guard needs from the world. A `path` is relative to the workspace, with `/` on every system. */
export interface Ports {
  readonly clock: Clock;
  readonly policy: ProtectionPolicy;
  readonly files: ProtectedFiles;
  readonly baselines: Baselines;
  readonly quarantine: Quarantine;
  readonly audit: Audit;
  readonly scopes: Scopes;
  readonly sessions: Sessions;
  readonly receipts: Receipts;
  readonly commits: Commits;
  readonly turns: Turns;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  pause(milliseconds: number): Promise<void>;
}

export interface ProtectionPolicy {
  /** How to read a protected file; `undefined` for a file that is not protected. */
  kindOf(path: string): DocumentKind | undefined;
}

export interface ProtectedFiles {
  /**
   * `undefined` when there is no such file; throws when there is one that cannot be read. While it makes sure that no
   * write is under way, `likely` hears of what it will probably give.
   */
  read(path: string, likely?: (content: Uint8Array) => void): Promise<Uint8Array | undefined>;
  /** Whether the file holds exactly this at the moment, whoever may be writing it. */
  holds(path: string, content: Uint8Array | undefined): Promise<boolean>;
  /** Replaces the whole file at once, or removes it; keeps its mode. Throws when it cannot. */
  replace(path: string, content: Uint8Array | undefined, how?: Replacing): Promise<Displaced | undefined>;
}

export interface Replacing {
  /** Nothing is touched before this, nor if it fails. */
  readonly once?: Promise<unknown>;
  /** Nothing is touched either where another content stands there by then than was last read. */
  readonly onlyLastRead?: boolean;
}

/** What stood there, where it was another content than was last read. */
export interface Displaced {
  readonly content: Uint8Array;
  /** It stands there still. */
  readonly stands: boolean;
}

/** `content` is `undefined` when the accepted state is that there is no such file. */
export interface Baseline {
  readonly content: Uint8Array | undefined;
}

export interface Baselines {
  get(path: string): Promise<Baseline | undefined>;
  accept(path: string, baseline: Baseline): Promise<void>;
  /**
   * Takes the first versions of many paths, and leaves alone what has an accepted version, or had one that was lost.
   * Gives the paths that it has taken.
   */
  begin(first: ReadonlyMap<string, Uint8Array>): Promise<readonly string[]>;
  /** Whether there was an accepted version that damage took away, and this content is not surely the same. */
  isLost(path: string, content: Uint8Array | undefined): Promise<boolean>;
  /** Every path that has a baseline. */
  paths(): Promise<readonly string[]>;
  /** Those of these paths that have none. */
  without(paths: readonly string[]): Promise<readonly string[]>;
}

export type Road = 'save' | 'disk' | 'start' | 'hook' | 'cli';

/** Who made an edit, as far as anybody can tell. */
export interface Origin {
  readonly author: Author;
  readonly tool?: string;
  readonly model?: string;
  readonly session?: string;
}

export interface RefusedVersion {
  readonly path: string;
  /** `undefined` when the refused edit was a removal. */
  readonly content: Uint8Array | undefined;
  readonly at: number;
  readonly road: Road;
  readonly origin: Origin;
  readonly verdict: Verdict;
}

/** What a person has said no to a version over: they are asked again where either is another. */
export interface Refusal {
  /** The accepted content that it would have taken the place of. */
  readonly before: Uint8Array | undefined;
  /** What was allowed then, in words. */
  readonly under: string;
}

/** A refused version without its content. */
export interface RefusedEntry extends Omit<RefusedVersion, 'content'> {
  readonly id: string;
  /** No person has answered it yet. */
  readonly isOpen: boolean;
  /** A person is being asked about it by another guard. */
  readonly isAsked: boolean;
}

export interface Quarantine {
  /** Keeps the version whole and gives its id: the same content of the same path has the same id. */
  keep(version: RefusedVersion): Promise<string>;
  /** Begins to store a content that may have to be kept in a moment. */
  prepare(content: Uint8Array): void;
  /** A person has chosen what becomes of it: where space is short it may go. A no is remembered with it. */
  answered(id: string, refusal?: Refusal): Promise<void>;
  /** Whether a person has said exactly this no to it before. */
  isRefused(id: string, refusal: Refusal): Promise<boolean>;
  get(id: string): Promise<RefusedVersion | undefined>;
  /** What is known of this very content of a path, where it was refused before. */
  find(path: string, content: Uint8Array | undefined): Promise<RefusedEntry | undefined>;
  /** Newest first, those of one path where it is named. */
  list(path?: string): Promise<readonly RefusedEntry[]>;
}

export type AuditEvent =
  | 'baseline-taken'
  | 'passed'
  | 'held'
  | 'restored'
  | 'restore-failed'
  | 'approved'
  | 'kept-asked'
  | 'put-back'
  | 'refused'
  | 'committed'
  | 'evicted'
  | 'records-evicted'
  | 'scope-declared'
  | 'scope-cleared'
  | 'scope-heard';

/** One line of the record. It holds addresses and hashes, never values of a file. */
export interface AuditRecord {
  readonly at: number;
  readonly event: AuditEvent;
  readonly path?: string;
  readonly road?: Road;
  readonly origin?: Origin;
  readonly verdict?: Verdict;
  readonly changes?: readonly string[];
  readonly grants?: readonly string[];
  readonly quarantine?: string;
  readonly note?: string;
}

export interface Audit {
  /** All of them or none, in this order; done when they are safe on disk. */
  append(...records: readonly AuditRecord[]): Promise<void>;
  /** The newest `count` records, oldest first. */
  tail(count: number): Promise<readonly AuditRecord[]>;
  /** The newest record about a refused version, where it is not long ago. */
  last(quarantine: string): Promise<AuditRecord | undefined>;
}

/** A scope in force. Both times in milliseconds since 1970. */
export interface DeclaredScope extends Scope {
  readonly request?: string;
  readonly declaredAt: number;
  readonly expiresAt: number;
}

export interface Scopes {
  /** The scope in force, or the last one though expired: the guard looks at the clock. */
  get(): Promise<DeclaredScope | undefined>;
  set(scope: DeclaredScope | undefined): Promise<void>;
}

/** What the prompts of one agent's session have ordered. Both times in milliseconds since 1970. */
export interface SessionScope extends Heard {
  readonly host: string;
  readonly session: string;
  readonly heardAt: number;
  readonly expiresAt: number;
}

export interface Sessions {
  /** The last one though expired: the guard looks at the clock. */
  get(host: string, session: string): Promise<SessionScope | undefined>;
  /** One that holds nothing is forgotten. */
  set(scope: SessionScope): Promise<void>;
  all(): Promise<readonly SessionScope[]>;
}

/** A person's leave to put exactly one content in place of exactly another. Times in milliseconds since 1970. */
export interface Receipt {
  readonly path: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  readonly at: number;
  readonly expiresAt: number;
  /** Set where the host itself asks: the leave is given only once this very call has run. */
  readonly call?: string;
}

export interface Receipts {
  add(receipt: Receipt): Promise<void>;
  find(
    path: string,
    before: Uint8Array | undefined,
    after: Uint8Array | undefined,
  ): Promise<Pick<Receipt, 'expiresAt' | 'call'> | undefined>;
}

/** Several guards may watch one folder, each a process of its own. */
export interface Turns {
  /** Runs a step about a protected file while no other guard runs one about it. */
  take<T>(path: string, step: () => Promise<T>): Promise<T>;
}

export interface Commits {
  /** Whether the checked-out commit holds exactly this content at this path. `false` without git. */
  holds(path: string, content: Uint8Array | undefined): Promise<boolean>;
}
