import { formatAddress, type Path } from '../../address.ts';
import type { Entity, ProblemCode, Severity, Span } from '../../document.ts';
import type { YamlMap } from '../../yaml/node.ts';
import type { Sources } from '../sources.ts';

/** Everything a check looks at: the one mapping that Compose would make of all files, and what was read in it. */
export interface Model {
  /** Merged, with the variables that are known put in. */
  readonly whole: YamlMap;
  readonly root: Entity;
  readonly text: string;
  readonly sources: Sources;
}

/** A problem of the model whose place is not yet a line and a column. */
export interface Finding {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly subject: string;
  readonly message: string;
  readonly offset: number;
  /** The path of what is named and nowhere declared. */
  readonly missing?: Path;
  /** The name that was misspelled and those that there are, from which the one that was meant can be told. */
  readonly misspelled?: { readonly name: string; readonly known: readonly string[] };
}

/** What stands at a path is a reason for Compose not to load the file. */
export function refused(code: ProblemCode, path: Path, { start }: Span, message: string): Finding {
  return { code, severity: 'error', subject: formatAddress(path), message, offset: start };
}

export function warned(finding: Finding): Finding {
  return { ...finding, severity: 'warning' };
}
