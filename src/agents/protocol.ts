/**
 * How one host speaks: its payload read, its answers written. An adapter decides nothing and touches nothing; which
 * edits may pass is the guard's business.
 */
export interface HostAdapter {
  /** As it is typed behind `infrahold hook`. */
  readonly id: string;
  /** The variables in which the host names the project's folder, the surest first. */
  readonly folderVariables: readonly string[];
  /** What the host can put before a person, with the reason. What is not listed is refused where it is asked. */
  readonly canAsk: readonly Asked[];
  /** When the host hands a text on to the model. At other moments `tell` is a pass. */
  readonly canTell: readonly Moment[];
  /** `payload` is what the host wrote, already read as JSON. Never throws. */
  decode(payload: unknown): Decoded;
  /**
   * Says no, with the reason where the agent reads it. The reason is never empty: some hosts take that for a yes. An
   * event that cannot be refused any more (a prompt, a tool that has run) is told the reason instead. Without an
   * event, where the payload could not be read at all, the answer is the one before a tool.
   */
  refuse(reason: string, event?: HostEvent): Reply;
  /** Leaves it to a person in the host's own words; where `canAsk` does not list the event, it is refused. */
  ask(reason: string, event: HostEvent): Reply;
  /** Context for the model, after a tool or with a prompt or a start. */
  tell(text: string, event: HostEvent): Reply;
  /** Nothing at all: the host goes on as if there were no hook. */
  pass(): Reply;
}

export type Asked = 'edits' | 'command';

/** Before a tool runs, after it has run, when a person has written, when a session begins, and when it ends. */
export type Moment = 'before' | 'after' | 'prompt' | 'start' | 'end';

export interface HostEvent {
  readonly moment: Moment;
  /** As the host spells it. Where it sends no name, one of ours. */
  readonly name: string;
}

export type Decoded =
  | Other
  | AnnouncedEdits
  | AnnouncedCommand
  | PersonsPrompt
  | ToolHasRun
  | SessionStart
  | SessionEnd
  | Unreadable;

/** Nothing in it concerns us: a reading tool, a prompt of a subagent, an event that is none of ours. */
export interface Other {
  readonly kind: 'other';
}

/** What every payload that concerns us tells about where it comes from. */
export interface Sender {
  readonly event: HostEvent;
  readonly session: string | undefined;
  /** The folder that the agent is in. Paths that are not absolute begin there. */
  readonly folder: string | undefined;
  readonly agent: Agent;
  /**
   * The same for one call that fires through two configuration files. It begins with `call` where the host numbers its
   * calls; with `content` it is what was asked for, and the same again later can be a new request.
   */
  readonly eventId: string;
}

/** Who acts, as far as the host says it. */
export interface Agent {
  readonly model: string | undefined;
  readonly tool: string | undefined;
  /** Set where an agent acts that another one has started: its id, or that of the other. */
  readonly subagent: string | undefined;
}

export interface AnnouncedEdits extends Sender {
  readonly kind: 'edits';
  readonly proposals: readonly Proposal[];
}

export interface AnnouncedCommand extends Sender, Commands {
  readonly kind: 'command';
}

/** Lines for a shell, not yet run when they are announced, one after the other. */
export interface Commands {
  readonly commands: readonly string[];
  /** By the tool's name. Hosts that have one shell tool for every system say bash on Windows too. */
  readonly shell: 'bash' | 'powershell';
  /** Where they run, as the host gave it: absolute or relative to `folder`; `undefined` where that is `folder`. */
  readonly workingFolder: string | undefined;
}

/** The person's own words, never empty. */
export interface PersonsPrompt extends Sender {
  readonly kind: 'prompt';
  readonly text: string;
}

/** A tool has run. What it has done is known as far as its input could be read. */
export interface ToolHasRun extends Sender {
  readonly kind: 'after';
  readonly proposals: readonly Proposal[];
  readonly ran: Commands | undefined;
}

export interface SessionStart extends Sender {
  readonly kind: 'start';
}

export interface SessionEnd extends Sender {
  readonly kind: 'end';
}

/** Something was announced in a shape that is not known. What cannot be read is never let pass. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly why: string;
  readonly meant: 'edit' | 'command' | undefined;
  /** Absent where not even that could be read. */
  readonly sender: Sender | undefined;
}

/** What an agent wants to do with one file. The path is as the host gave it, absolute or relative to its folder. */
export interface Proposal {
  readonly path: string;
  readonly change: ProposedChange;
}

export type ProposedChange =
  | { readonly how: 'write'; readonly text: string }
  | { readonly how: 'replace'; readonly steps: readonly Replacement[] }
  /** Whole lines after the first so many; `line` 0 is the beginning of the file, `undefined` its end. */
  | { readonly how: 'insert'; readonly line: number | undefined; readonly text: string }
  /** `from` is set where the file is moved or copied: the hunks then apply to the text of another path. */
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
