/** The shell language as far as its effects go. What the parser tells beyond this changes no file. */
export type Node =
  | SimpleCommand
  /** One after the other, whatever each of them comes to. */
  | { readonly is: 'sequence'; readonly items: readonly Node[] }
  | { readonly is: 'pipeline'; readonly items: readonly Node[] }
  /** `first && second`, `first || second`: the second may run or not. */
  | { readonly is: 'chain'; readonly first: Node; readonly rest: readonly ChainLink[] }
  /** `if` and `case`: the tests run, and some of the bodies. */
  | { readonly is: 'branches'; readonly tests: readonly Node[]; readonly bodies: readonly Node[] }
  /** `for` and `select`; without words it goes through the arguments. */
  | {
      readonly is: 'each';
      readonly name: string;
      readonly words: readonly Word[] | undefined;
      readonly body: Node;
    }
  | { readonly is: 'loop'; readonly test: Node; readonly body: Node }
  | { readonly is: 'subshell'; readonly body: Node }
  | { readonly is: 'function'; readonly name: string; readonly body: Node }
  | { readonly is: 'redirected'; readonly body: Node; readonly redirects: readonly Redirect[] };

export interface ChainLink {
  readonly needsSuccess: boolean;
  readonly node: Node;
}

export interface SimpleCommand {
  readonly is: 'command';
  readonly assigns: readonly Assign[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly text: string;
}

export interface Assign {
  readonly name: string;
  /** One word for `A=b`, any number for `A=(b c)`. */
  readonly words: readonly Word[];
  readonly isArray: boolean;
  readonly isAppended: boolean;
  /** Of `A[…]=b`, what runs between the brackets. */
  readonly index?: readonly Node[];
}

export type Redirect =
  | { readonly how: 'read' | 'write' | 'append' | 'both'; readonly stream: number; readonly target: Word }
  /** A heredoc or a here-string. */
  | { readonly how: 'given'; readonly body: Word };

/** Pieces that are put together without a space. */
export type Word = readonly Part[];

export type Part =
  | { readonly is: 'text'; readonly text: string }
  /** An unquoted `~` at the start of a word. */
  | { readonly is: 'home' }
  | { readonly is: 'glob'; readonly matches: 'one' | 'many' }
  | {
      readonly is: 'variable';
      readonly name: string;
      /** One element of an array, or `any` where only the run tells which; all of them also where nothing is said. */
      readonly element?: number | 'any' | 'all';
      readonly quoted: boolean;
      readonly op: VariableOp;
    }
  | { readonly is: 'output'; readonly of: Node; readonly quoted: boolean }
  /** `<(…)` and `>(…)`. */
  | { readonly is: 'process'; readonly node: Node; readonly direction: '<' | '>' }
  | { readonly is: 'braces'; readonly items: readonly Word[] }
  /** A number or a text that only the run tells; the nodes in it run all the same. */
  | { readonly is: 'computed'; readonly nodes: readonly Node[] };

/** What `${…}` does with the value. */
export type VariableOp =
  | { readonly does: 'nothing' }
  | { readonly does: 'default'; readonly word: Word; readonly instead: boolean }
  | { readonly does: 'cut'; readonly end: 'start' | 'end'; readonly longest: boolean; readonly pattern: Word }
  | { readonly does: 'replace'; readonly all: boolean; readonly pattern: Word; readonly by: Word }
  | { readonly does: 'case'; readonly to: 'upper' | 'lower' }
  /** `${name:1:2}`, and of an array some of its elements. */
  | { readonly does: 'slice'; readonly offset: number; readonly length: number | undefined }
  /** `${!name}`: the variable whose name is the value. */
  | { readonly does: 'follow' }
  | { readonly does: 'unknown' };

export interface Parsed {
  readonly node: Node;
  /** What the parser could not read, each in its words; with any of them the tree may lack something. */
  readonly errors: readonly string[];
}

export function textWord(text: string): Word {
  return [{ is: 'text', text }];
}
