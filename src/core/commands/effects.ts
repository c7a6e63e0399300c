/** What a command would do to protected files and to what runs, as far as its text tells. A read is no effect. */
export interface CommandEffects {
  readonly writes: readonly FileWrite[];
  readonly removes: readonly FileRemoval[];
  /** Git puts content there that a commit or a stash holds, so that it was accepted before. */
  readonly git: readonly GitEffect[];
  readonly actions: readonly Action[];
  /** Patches in the format that several agents share, given to `apply_patch`; for whoever reads that format. */
  readonly patches: readonly string[];
  /** Files that would be run by a shell. Their text is a command of its own that the caller may read. */
  readonly scripts: readonly ScriptRun[];
  /** Switches off what guards a commit or the files. */
  readonly tampering: readonly Tampering[];
  /** What could touch a protected file and cannot be read. Never an allow. */
  readonly unknown: readonly UnknownEffect[];
}

export interface CommandContext {
  /** Absolute, `/` between names. */
  readonly cwd: string;
  readonly shell: 'bash' | 'powershell';
  /** What `~` and `$HOME` stand for, where that is known. */
  readonly home?: string;
  /** The protected files that exist, absolute. Globs, folders and computed names are matched against them. */
  readonly files: readonly string[];
  /** Whether an absolute path, of a file that may not exist yet, is that of a protected file. */
  isProtected(path: string): boolean;
}

export interface FileWrite {
  /** Absolute path of a protected file. */
  readonly path: string;
  readonly content: Content;
  /** The program or the redirection that writes: `sed -i`, `>`. */
  readonly by: string;
}

export interface FileRemoval {
  readonly path: string;
  readonly by: string;
  /** `git clean` removes only what git does not track. */
  readonly onlyUntracked: boolean;
}

/** What will be in a file, where that is sure. */
export type Content =
  | { readonly is: 'text'; readonly text: string }
  /** What is in the file now, and this after it. */
  | { readonly is: 'appended'; readonly text: string }
  /** What is in that other file now. Where there is none, the copying fails and the file stays as it is. */
  | { readonly is: 'copy'; readonly of: string }
  /** What GNU sed prints for the file's text with these arguments; `sed --sandbox` tells without doing anything. */
  | { readonly is: 'sed'; readonly args: readonly string[] }
  /** Perhaps with some of these lines in it. */
  | { readonly is: 'unknown'; readonly why: string; readonly lines?: readonly string[] };

export interface GitEffect {
  /** `checkout`, `restore`, `stash`, `reset`, `merge` … */
  readonly verb: string;
  /** The protected files named; empty where it can be any of them. */
  readonly paths: readonly string[];
}

export interface ScriptRun {
  readonly path: string;
  readonly args: readonly string[];
}

export interface Tampering {
  readonly what: 'hooks-skipped' | 'hooks-changed' | 'guard-removed';
  /** The words of the command that do it. */
  readonly text: string;
}

export interface UnknownEffect {
  readonly kind: 'syntax' | 'computed' | 'interactive' | 'too-complex';
  /** One clause for a person and for the agent, without a full stop. */
  readonly why: string;
}

/** Something done to what runs, not to a file. */
export type Action = ComposeAction | DockerAction | ClusterAction;

export interface ComposeAction {
  readonly tool: 'compose';
  /**
   * Only what takes something away or may: `down`, `rm`, `stop`, `kill`, `pause`, `scale` to nothing, and `up` or `create`
   * with an option that removes, of another project or of files that are not protected.
   */
  readonly verb: string;
  /** Absolute paths given with `-f`, `-` for the input; empty where Compose looks for its file in `folder` and above. */
  readonly files: readonly string[];
  readonly folder: string;
  readonly project: string | undefined;
  readonly profiles: readonly string[];
  readonly services: readonly string[];
  /** `-v`, `--volumes`. */
  readonly volumes: boolean;
  readonly removeOrphans: boolean;
  /** `-V`, `--renew-anon-volumes`. */
  readonly renewVolumes: boolean;
  /** `-y`: answers every question with yes, also whether a volume is to be created anew. */
  readonly yes: boolean;
  readonly text: string;
}

export interface DockerAction {
  readonly tool: 'docker';
  readonly verb:
    | 'container rm'
    | 'container stop'
    | 'container prune'
    | 'volume rm'
    | 'volume prune'
    | 'network rm'
    | 'network prune'
    | 'system prune'
    | 'stack rm'
    | 'service rm';
  /** Empty where it is whatever is there, or names that only the run tells. */
  readonly names: readonly string[];
  readonly volumes: boolean;
  readonly text: string;
}

export interface ClusterAction {
  readonly tool: 'kubectl' | 'helm' | 'terraform';
  readonly verb: string;
  /** `deployment/web`; empty where a file, a label or everything is meant. */
  readonly resources: readonly string[];
  /** Takes stored data along: a namespace, a claim, everything. */
  readonly data: boolean;
  readonly text: string;
}
