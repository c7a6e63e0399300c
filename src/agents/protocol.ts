/**
 * How one host speaks: its payload read, its answer written. An adapter decides nothing and touches nothing; which
 * edits may pass is the guard's business.
 */
export interface HostAdapter {
  /** As it is typed behind `infrahold hook`. */
  readonly id: string;
  /** `payload` is what the host wrote, already read as JSON. */
  decode(payload: unknown): Decoded;
  /** Says no, with the reason where the agent reads it. The reason is never empty: some hosts take that for a yes. */
  refuse(reason: string): Reply;
  /** The variable in which the host names the project's folder. */
  readonly folderVariable: string | undefined;
}

export type Decoded =
  /** Nothing in it concerns a file: the host goes on as if there were no hook. */
  | { readonly kind: 'other' }
  | {
      readonly kind: 'edits';
      readonly proposals: readonly Proposal[];
      readonly session: string | undefined;
      readonly folder: string | undefined;
    }
  /** An edit was announced in a shape that is not known. What cannot be read is never let pass. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** What an agent wants to do with one file. The path is as the host gave it, absolute or relative to its folder. */
export interface Proposal {
  readonly path: string;
  readonly change: ProposedChange;
}

export type ProposedChange =
  | { readonly how: 'write'; readonly text: string }
  | { readonly how: 'replace'; readonly steps: readonly Replacement[] }
  /** `from` is set where the file is moved: the hunks then apply to the text of another path. */
  | { readonly how: 'patch'; readonly hunks: readonly Hunk[]; readonly from?: string }
  | { readonly how: 'remove' }
  /** The host alone knows what will be in the file, for example because it asks a model. */
  | { readonly how: 'unknown'; readonly why: string };

export interface Replacement {
  readonly old: string;
  readonly fresh: string;
  readonly everywhere: boolean;
}

export interface Hunk {
  /** Lines that stand somewhere before the hunk, outermost first. */
  readonly headers: readonly string[];
  readonly old: readonly string[];
  readonly fresh: readonly string[];
  readonly atEnd: boolean;
}

/** What the process writes and how it ends. */
export interface Reply {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: 0 | 2;
}
