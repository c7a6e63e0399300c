import type { YamlEntry, YamlMap, YamlNode } from '../yaml/node.ts';
import { defaultName } from './files.ts';
import { canonicalText, literalText, splitOutside } from './interpolation.ts';
import { folderOf, joinPath } from './paths.ts';
import { itemsOf } from './place.ts';
import { type Environment, resolvedText } from './resolve.ts';
import type { Sources } from './sources.ts';
import { type Assignment, assignmentsIn } from './variables.ts';

/**
 * A service with what its files of variables and of labels say written out, as Compose does before it hashes: moving
 * a variable from a file into `environment` is nothing new (compose-go types/project.go
 * WithServicesEnvironmentResolved). What the service says itself wins, and a name without a value takes the file's
 * away. A file that cannot be read stays named.
 */
export function withEnvFiles(service: YamlMap, sources: Sources, env: Environment | undefined): YamlMap {
  const resolved = writtenOut(service, 'env_file', 'environment', sources, env);
  const labelled = writtenOut(resolved, 'label_file', 'labels', sources, env);
  return env === undefined ? labelled : passedThrough(labelled, env);
}

function writtenOut(
  service: YamlMap,
  filesField: string,
  field: string,
  sources: Sources,
  env: Environment | undefined,
): YamlMap {
  const files = service.entries.get(filesField);
  if (files === undefined) return service;
  const found = new Map<string, YamlEntry>();
  for (const file of files.node.type === 'list' ? itemsOf(files.node) : [files]) {
    const variables = variablesOf(file.node, sources, env);
    if (variables === undefined) return service;
    for (const [name, value] of variables) found.set(name, { span: file.span, node: textNode(value) });
  }
  const own = service.entries.get(field);
  for (const [name, entry] of own === undefined ? [] : pairsOf(own.node)) found.set(name, entry);
  const entries = new Map(service.entries);
  entries.delete(filesField);
  if (found.size > 0)
    entries.set(field, { span: files.span, node: { type: 'map', tag: undefined, entries: found } });
  return { ...service, entries };
}

/** What a file says, ready to be read as a value of the Compose file; `undefined` for one that nobody can read. */
function variablesOf(
  node: YamlNode,
  { name, read }: Sources,
  env: Environment | undefined,
): Map<string, string> | undefined {
  const part = (key: string) => (node.type === 'map' ? node.entries.get(key)?.node : undefined);
  const path = node.type === 'map' ? part('path') : node;
  if (path?.type !== 'scalar' || path.text === '' || path.text.includes('$')) return undefined;
  const text = read?.(joinPath(folderOf(name ?? defaultName), path.text));
  if (text === undefined) return undefined;
  const format = part('format');
  const isRaw = format?.type === 'scalar' && format.text === 'raw';
  const found = new Map<string, string>();
  for (const [variable, assignment] of assignmentsIn(text)) {
    const said = isRaw ? literalText(assignment.value) : textIn(assignment);
    const known = env && { ...Object.fromEntries(found), ...env };
    found.set(variable, known ? literalText(resolvedText(said, known)) : said);
  }
  return found;
}

/**
 * Single quotes keep a text as it is; in double ones a backslash stands for something, if only for the next character
 * (compose-go dotenv/parser.go expandEscapes).
 */
function textIn({ value, quote }: Assignment): string {
  if (quote === "'") return literalText(value);
  if (quote === '') return canonicalText(value);
  return canonicalText(
    value.replace(/\\([abfnrtv$"\\])/g, (_, sign: string) => (sign === '$' ? '$$' : (escapes[sign] ?? sign))),
  );
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The pairs of a mapping, or of a list of `NAME=text`, of which a bare name is one to nothing. */
function pairsOf(node: YamlNode): [string, YamlEntry][] {
  if (node.type === 'map') return [...node.entries];
  return itemsOf(node).map(({ node: item, span }) => {
    const [name = '', ...rest] = item.type === 'scalar' ? splitOutside(item.text, '=') : [];
    return [name, { span, node: rest.length === 0 ? nothing : textNode(rest.join('=')) }];
  });
}

/** A bare name takes its value from what is known of the caller's environment. */
function passedThrough(service: YamlMap, env: Environment): YamlMap {
  const own = service.entries.get('environment');
  if (own === undefined) return service;
  const filled = pairsOf(own.node).map(([name, entry]): [string, YamlEntry] => {
    const isBare = entry.node.type === 'scalar' && entry.node.value === null;
    const value = isBare && Object.hasOwn(env, name) ? env[name] : undefined;
    return [name, value === undefined ? entry : { ...entry, node: textNode(literalText(value)) }];
  });
  const node: YamlMap = { type: 'map', tag: undefined, entries: new Map(filled) };
  return { ...service, entries: new Map(service.entries).set('environment', { ...own, node }) };
}

const nothing: YamlNode = { type: 'scalar', tag: undefined, value: null, text: '' };

function textNode(text: string): YamlNode {
  return { type: 'scalar', tag: undefined, value: text, text };
}
