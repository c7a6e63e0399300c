export type GrantOp = 'add' | 'remove' | 'change' | 'rename';

/** One thing that a task may do. `to` is set for a rename only, and is an address too. */
export interface Grant {
  readonly op: GrantOp;
  readonly address: string;
  readonly to?: string;
}

/** What a task may do. With no scope at all nothing was declared; a scope without grants allows nothing. */
export interface Scope {
  readonly grants: readonly Grant[];
  /**
   * Set where the grants were heard in a person's prompt to an agent and nobody has looked them over since: whether
   * the whole of the prompt was understood, or a part of it.
   */
  readonly heard?: 'whole' | 'part';
}

/** What was understood of a request in prose. Nothing is guessed: what is not sure is in the other two lists. */
export interface RequestReading {
  readonly grants: readonly Grant[];
  readonly ambiguous: readonly Ambiguity[];
  readonly notUnderstood: readonly string[];
  /** Why, and what to write instead, for each of `notUnderstood` in turn. Absent where there is none. */
  readonly reasons?: readonly string[];
}

export interface Ambiguity {
  readonly phrase: string;
  /** Addresses of what it may mean. */
  readonly candidates: readonly string[];
  /** The grants with which a person would say which of them. */
  readonly grants: readonly Grant[];
}
