import type { Entity, Span } from '../document.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/node.ts';
import { defaultName } from './files.ts';
import { folderOf, joinPath } from './paths.ts';
import { inside, itemsOf, leaf, type Place, section } from './place.ts';
import type { Sources } from './sources.ts';

/**
 * What the files of variables around a Compose file say, as far as it matters: the variables that it names, under
 * `.env`, and the files that its services are given, each under its own name. A text that names a variable is the
 * same text whatever the variable is, so that one variable that changes is one change and not one for each use.
 */
export function variableSections(root: YamlMap, sources: Sources, place: Place): Map<string, Entity> {
  const sections = new Map<string, Entity>();
  const put = (name: string, variables: ReadonlyMap<string, string>) => {
    const here = inside(place, name, nowhere);
    const children = [...variables].map(([key, value]): [string, Entity] => [
      key,
      leaf(inside(here, key), value, value, 'environment'),
    ]);
    const found = section(here, new Map(children));
    if (found) sections.set(name, found);
  };
  const { env, read } = sources;
  if (env !== undefined) put('.env', usedOf(env, root));
  for (const path of read === undefined ? [] : envFilesOf(root)) {
    const text = read?.(joinPath(folderOf(sources.name ?? defaultName), path));
    if (text !== undefined && path !== '.env') put(path, variablesIn(text));
  }
  return sections;
}

const nowhere: Span = { start: 0, end: 0 };

function usedOf(env: Readonly<Record<string, string>>, root: YamlMap): Map<string, string> {
  const named = variablesNamedBy(root);
  // Compose itself goes by these: the project's name, the files, the profiles.
  return new Map(Object.entries(env).filter(([name]) => named.has(name) || name.startsWith('COMPOSE_')));
}

/** The names of all variables in all values; a node that is shared is looked at once. */
function variablesNamedBy(root: YamlNode): Set<string> {
  const names = new Set<string>();
  const seen = new Set<YamlNode>();
  const visit = (node: YamlNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.type === 'scalar') {
      for (const match of node.text.matchAll(/\$\$|\$\{?([A-Za-z_]\w*)/g)) if (match[1]) names.add(match[1]);
      return;
    }
    for (const entry of node.type === 'map' ? node.entries.values() : node.items) visit(entry.node);
  };
  visit(root);
  return names;
}

function envFilesOf(root: YamlMap): Set<string> {
  const paths = new Set<string>();
  const services = root.entries.get('services')?.node;
  for (const { node } of services?.type === 'map' ? services.entries.values() : []) {
    const files = node.type === 'map' ? node.entries.get('env_file') : undefined;
    for (const { node: file } of files === undefined ? [] : filesIn(files)) {
      const path = file.type === 'map' ? file.entries.get('path')?.node : file;
      if (path?.type === 'scalar' && path.text !== '') paths.add(joinPath('.', path.text));
    }
  }
  return paths;
}

function filesIn(files: YamlEntry): readonly YamlEntry[] {
  return files.node.type === 'list' ? itemsOf(files.node) : [files];
}

/** The variables of a file like `.env`: the later of two counts, quotes are taken off (compose-go dotenv/parser.go). */
export function variablesIn(text: string): Map<string, string> {
  return new Map([...assignmentsIn(text)].map(([name, { value }]) => [name, value]));
}

/** One variable of such a file, without the quotes that its value stood in. */
export interface Assignment {
  readonly value: string;
  readonly quote: '' | "'" | '"';
}

export function assignmentsIn(text: string): Map<string, Assignment> {
  const variables = new Map<string, Assignment>();
  for (const { groups } of text.replaceAll('\r\n', '\n').matchAll(assignment)) {
    const { name = '', single, double, bare = '' } = groups ?? {};
    const value = single ?? double ?? bare.replace(/(?:^|\s)#.*$/, '').trim();
    const quote = single !== undefined ? "'" : double !== undefined ? '"' : '';
    variables.set(name, { value, quote });
  }
  return variables;
}

const assignment =
  /^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(?:'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<bare>[^\n]*))/gm;
