import type { Chance } from '../unit/core/mutation/chance.ts';
import { chosen } from './bytes.ts';

/** One thing that happens to a text of YAML: what people do, what means nothing, and what is meant to confuse. */
type Change = (lines: string[], chance: Chance, other: readonly string[]) => void;

export function changedYaml(text: string, chance: Chance, other: string): string {
  const lines = text.split('\n');
  chosen(changes, chance)(lines, chance, other.split('\n'));
  return lines.join('\n');
}

const changes: readonly Change[] = [
  // What means nothing.
  (lines, chance) => insert(lines, chance, [`${blanks(chance)}# ${chosen(words, chance)}`]),
  (lines, chance) => insert(lines, chance, [chosen(['', '   ', '\t'], chance)]),
  (lines, chance) => onValue(lines, chance, quoted),
  (lines, chance) =>
    onLine(lines, chance, (line) => `${line}${chosen(['  ', ' # said', '\t', '\r'], chance)}`),
  (lines) => void lines.splice(0, lines.length, ...lines.map((line) => line.replace(/^ +/, '$&$&'))),
  (lines) => void lines.unshift('---'),
  (lines) => void lines.push('x-remark: {of: nobody}'),
  // What changes a value, a name or the place of something.
  ...Array<Change>(6).fill((lines, chance) => onValue(lines, chance, () => chosen(values, chance))),
  ...Array<Change>(4).fill(entryTaken),
  (lines, chance) => onLine(lines, chance, (line) => line.replace(/^( *(?:- )?)[\w-]+:/, '$1renamed:')),
  (lines, chance) => onLine(lines, chance, (line) => line.replace(/^ */, blanks(chance))),
  (lines, chance) => onLine(lines, chance, (line) => line.replace(/\d/, String(chance.below(10)))),
  (lines, chance) => void lines.splice(chance.below(lines.length), 1 + chance.below(6)),
  (lines, chance, other) => insert(lines, chance, piece(other, chance)),
  (lines, chance) => insert(lines, chance, piece(lines, chance)),
  (lines, chance) => void lines.push(...lines.splice(chance.below(lines.length), 1 + chance.below(6))),
  // What is meant to confuse.
  (lines, chance) => onValue(lines, chance, (value) => `${chosen(tags, chance)} ${value}`),
  (lines, chance) => onValue(lines, chance, (value) => `&${chosen(names, chance)} ${value}`),
  (lines, chance) => onValue(lines, chance, () => `*${chosen(names, chance)}`),
  anchored,
  (lines, chance, other) =>
    onLine(lines, chance, (line) => `${line} # said${chosen(lineEnds, chance)}${chosen(other, chance)}`),
  (lines, chance) => insert(lines, chance, [`${blanks(chance)}<<: ${chosen(merged, chance)}`]),
  (lines, chance) => insert(lines, chance, [chosen(markers, chance)]),
  (lines, _, other) => void lines.push('---', ...other),
  swapped,
  (lines, chance) => insert(lines, chance, nested(chance)),
  (lines, chance) =>
    onValue(lines, chance, (value) =>
      chosen([`{a: ${value}}`, `[${value}]`, `? ${value}`, `|\n    ${value}`, `>-\n    ${value}`], chance),
    ),
  (lines, chance) =>
    onLine(lines, chance, (line) =>
      line.replace(
        /^( *)([\w-]+):/,
        chosen(['$1"$2":', '$1? $2\n$1:', '$1$2 :', '$1!!str $2:', '$1&k $2:'], chance),
      ),
    ),
];

const words = ['nothing else', 'services:', 'Übung 🐳', '- a', 'x: y', '"', '\u2028', 'key: [', '---'];
const tags = [
  '!!str',
  '!!int',
  '!!null',
  '!!binary',
  '!!float',
  '!!bool',
  '!!map',
  '!reset',
  '!override',
  '!own',
  '!',
  '!<tag:yaml.org,2002:str>',
];
const names = ['a', 'b', 'base', 'defaults'];
const merged = ['*a', '*base', '[*a, *b]', '{image: evil}', '{}', 'null', '*defaults'];
const markers = [
  '---',
  '...',
  '--- # more',
  '%YAML 1.1',
  '%TAG ! tag:x,2000:',
  '--- !own',
  '? a',
  ': b',
  '- - -',
  '{',
  '}',
  ']',
  "'",
  '"',
  '|',
  '@a',
  '`b',
  '&a',
  '*a',
];
/** Ends of a line to some, and not to others. */
const lineEnds = ['\r', '\x85', '\u2028', '\u2029', '\f', '\v'];
const values = [
  'null',
  '~',
  '""',
  "''",
  'true',
  'yes',
  'on',
  '0',
  '00',
  '010',
  '0o10',
  '0x1F',
  '1_000',
  '1.0',
  '1e3',
  '.inf',
  '.NaN',
  '2024-01-01',
  '"8080:80"',
  '8080:80',
  '127.0.0.1:80:80',
  '80-81:80-81',
  '[]',
  '{}',
  '[a, b]',
  '{a: b}',
  `\${VAR}`,
  `\${VAR:-x}`,
  `\${VAR`,
  '$$x',
  'nginx:latest',
  'redis:7',
  './data:/data',
  'data:/data:ro',
  'service_healthy',
  'always',
  '10s',
  '1m30s',
  '"\\x00"',
  '"\\ud800"',
  '"a\\\n  b"',
  'a b  c',
  '__proto__',
  'constructor',
  '1'.repeat(400),
  '[[[[[[]]]]]]',
  'host',
  'bridge',
  '5g',
  '.5',
];

function blanks(chance: Chance): string {
  return ' '.repeat(chosen([0, 0, 2, 2, 2, 4, 4, 4, 6, 6, 8, 1, 3], chance));
}

function quoted(value: string, chance: Chance): string {
  const bare = /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
  return chosen([`"${bare}"`, `'${bare}'`, bare], chance);
}

function insert(lines: string[], chance: Chance, added: readonly string[]): void {
  lines.splice(chance.below(lines.length + 1), 0, ...added);
}

function onLine(lines: string[], chance: Chance, change: (line: string) => string): void {
  const at = chance.below(lines.length);
  lines[at] = change(lines[at] ?? '');
}

/** On what stands behind a colon or a dash. */
function onValue(lines: string[], chance: Chance, change: (value: string, chance: Chance) => string): void {
  const valued = [...lines.keys()].filter((at) => valuePattern.test(lines[at] ?? ''));
  const at = valued[chance.below(valued.length)];
  if (at === undefined) return;
  lines[at] = (lines[at] ?? '').replace(
    valuePattern,
    (_, head: string, value: string) => head + change(value, chance),
  );
}

const valuePattern = /^(\s*(?:- )*(?:[\w.-]+:)? ?)(.*)$/;

/** A whole entry with all that is below it is taken out, or moved to the end. */
function entryTaken(lines: string[], chance: Chance): void {
  const start = chance.below(lines.length);
  const indent = indentOf(lines[start]).length;
  let end = start + 1;
  while (end < lines.length && (lines[end]?.trim() === '' || indentOf(lines[end]).length > indent)) end++;
  const taken = lines.splice(start, end - start);
  if (chance.below(4) === 0) lines.push(...taken);
}

/** What comes below a key gets a name, and another key the same. */
function anchored(lines: string[], chance: Chance): void {
  const keys = [...lines.keys()].filter((at) => /^ *[\w-]+:\s*$/.test(lines[at] ?? ''));
  const [first, second] = chance.sample(keys, 2);
  if (first === undefined) return;
  const name = chosen(names, chance);
  lines[first] = `${lines[first]?.trimEnd()} &${name}`;
  if (second !== undefined)
    insertAfter(
      lines,
      second,
      `${indentOf(lines[second + 1])}${chosen([`<<: *${name}`, `more: *${name}`], chance)}`,
    );
}

function insertAfter(lines: string[], at: number, line: string): void {
  lines.splice(at + 1, 0, line);
}

function indentOf(line = ''): string {
  return /^ */.exec(line)?.[0] ?? '';
}

function piece(lines: readonly string[], chance: Chance): readonly string[] {
  const start = chance.below(lines.length);
  return lines.slice(start, start + 1 + chance.below(6));
}

/** The documents of a stream in another order; a text of one document becomes two. */
function swapped(lines: string[], chance: Chance): void {
  const marks = [...lines.keys()].filter((at) => lines[at]?.startsWith('---'));
  const at = marks[chance.below(marks.length)] ?? chance.below(lines.length);
  const first = lines.splice(0, at);
  lines.push('---', ...first);
}

function nested(chance: Chance): readonly string[] {
  const depth = chosen([3, 20, 90, 150, 210, 900], chance);
  const start = `x-deep${chance.below(3)}: `;
  if (chance.below(2) === 0) return [start + '['.repeat(depth) + ']'.repeat(depth)];
  return [start, ...Array.from({ length: Math.min(depth, 210) }, (_, level) => `${' '.repeat(level + 1)}a:`)];
}
