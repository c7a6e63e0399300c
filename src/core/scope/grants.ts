import { formatAddress, type Path, parseAddress } from '../model/address.ts';
import { nearest } from '../model/nearest.ts';
import type { Grant, GrantOp } from './grant.ts';
import { parts, refusalOf, refusedRename } from './refusals.ts';
import { isPortName, kindOfSection, kindSections, topSections, withProtocol } from './sections.ts';

/** Why a text is no grant, in words for the person who typed it. */
export interface GrantProblem {
  readonly problem: string;
}

/**
 * Reads a grant as a person types it: OP ADDRESS, OP KIND NAME, OP service NAME PART [NAME], and for a rename the
 * two names with or without `to` between them. Anything else is a problem: a scope must never hold a guess.
 */
export function parseGrant(text: string): Grant | GrantProblem {
  const [first = '', ...rest] = wordsOf(text);
  const op = operations.get(first.toLowerCase());
  if (op === undefined)
    return { problem: `"${first}" is no operation.${hint(first, operations)} ${accepted}` };
  if (rest.length === 0) return { problem: `"${text.trim()}" names nothing. ${accepted}` };
  return op === 'rename' ? readRename(rest) : readPlain(op, rest);
}

/** The form that people type and read: `remove service l9-postgres`, `change services.api.environment.DSN`. */
export function formatGrant({ op, address, to }: Grant): string {
  const short = entityWords(address);
  const target = to === undefined ? undefined : parseAddress(to)?.at(-1);
  if (short !== undefined && (to === undefined || (target !== undefined && entityWords(to) !== undefined))) {
    return target === undefined ? `${op} ${short}` : `${op} ${short} to ${target}`;
  }
  return to === undefined ? `${op} ${address}` : `${op} ${address} to ${to}`;
}

const accepted =
  'A grant is "remove services.db", "remove service db", "change service api environment DSN", ' +
  '"add service api port 8001:8000" or "rename service web to frontend"; it starts with add, remove, change or rename.';

const operations: ReadonlyMap<string, GrantOp> = new Map([
  ['add', 'add'],
  ['create', 'add'],
  ['remove', 'remove'],
  ['delete', 'remove'],
  ['drop', 'remove'],
  ['rm', 'remove'],
  ['change', 'change'],
  ['update', 'change'],
  ['modify', 'change'],
  ['rename', 'rename'],
]);

const plainWord = /^[^\s[\]"'`*]+$/;

function readPlain(op: GrantOp, words: readonly string[]): Grant | GrantProblem {
  const path = words.length === 1 ? parseAddress(words[0] ?? '') : kindPath(words);
  if (path === undefined) {
    const said = hint(words[0] ?? '', kindWords);
    return { problem: `"${words.join(' ')}" names no entity.${said} ${accepted}` };
  }
  return refused(refusalOf(op, path)) ?? { op, address: formatAddress(withProtocols(path)) };
}

function kindPath([kind = '', name = '', part, partName, ...tooMany]: readonly string[]):
  | string[]
  | undefined {
  const section = sectionNamed(kind);
  if (section === undefined || tooMany.length > 0) return undefined;
  if (part === undefined) return [section, name];
  const field = parts.get(part.toLowerCase()) ?? part;
  return partName === undefined ? [section, name, field] : [section, name, field, partName];
}

function readRename(words: readonly string[]): Grant | GrantProblem {
  const sides = renameSides(words);
  if (sides === undefined) return { problem: `"rename ${words.join(' ')}" needs two names. ${accepted}` };
  const [from, to] = sides;
  const problem = refusalOf('rename', from) ?? refusalOf('rename', to) ?? refusedRename(from, to);
  return refused(problem) ?? { op: 'rename', address: formatAddress(from), to: formatAddress(to) };
}

function renameSides(words: readonly string[]): [Path, Path] | undefined {
  const section = sectionNamed(words[0] ?? '');
  const names = section === undefined ? [...words] : words.slice(1);
  if (names[1]?.toLowerCase() === 'to' && names.length > 2) names.splice(1, 1);
  if (section !== undefined && names.length === 3 && sectionNamed(names[1] ?? '') === section)
    names.splice(1, 1);
  const [from = '', to = '', ...tooMany] = names;
  if (to === '' || tooMany.length > 0) return undefined;
  if (section !== undefined)
    return [
      [section, from],
      [section, to],
    ];
  const [fromPath, toPath] = [parseAddress(from), parseAddress(to)];
  if (fromPath === undefined || toPath === undefined) return undefined;
  return [fromPath, toPath.length === 1 ? [...fromPath.slice(0, -1), ...toPath] : toPath];
}

function refused(problem: string | undefined): GrantProblem | undefined {
  return problem === undefined ? undefined : { problem };
}

function withProtocols(path: Path): string[] {
  return path.map((name, index) => (isPortName(path, index) && name !== '*' ? withProtocol(name) : name));
}

/** The word that was most likely meant. */
function hint(typed: string, words: ReadonlyMap<string, string>): string {
  const lower = typed.toLowerCase();
  const meant = words.get(lower) ?? nearest(lower, [...words.keys()]);
  return meant === undefined || meant === lower ? '' : ` Did you mean "${meant}"?`;
}

/** The words for the kinds, and what people call a service besides. */
const kindWords: ReadonlyMap<string, string> = new Map([
  ...[...kindSections.keys()].map((kind) => [kind, kind] as const),
  ['container', 'service'],
  ['app', 'service'],
]);

function sectionNamed(word: string): string | undefined {
  const lower = word.toLowerCase();
  return kindSections.get(lower) ?? (topSections.has(lower) ? lower : undefined);
}

/** `service l9-postgres` for the address of an entity in a section; `undefined` for all others. */
function entityWords(address: string): string | undefined {
  const path = parseAddress(address);
  const kind = path?.length === 2 ? kindOfSection(path[0] ?? '') : undefined;
  const name = path?.[1] ?? '';
  return kind !== undefined && plainWord.test(name) ? `${kind} ${name}` : undefined;
}

/** Words stand between blanks, except that a name in brackets or quotes may hold blanks. */
function wordsOf(text: string): string[] {
  const found = text.match(/"[^"]*"|'[^']*'|`[^`]*`|(?:\[(?:[^[\]]|\[[^\]]*\])*\]|[^\s[\]]|[[\]])+/g) ?? [];
  return found.map((word) => (/^(["'`]).*\1$/.test(word) ? word.slice(1, -1) : word));
}
