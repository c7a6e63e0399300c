import type { Span } from '../document.ts';
import { isReset, type PlacedProblem, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { withExtends } from './extends.ts';
import { defaultName, type FileMapping, type Files, fileAt } from './files.ts';
import { mergeMaps, mostMerged } from './merge.ts';
import { mayBeOverridden, overrideNames } from './override.ts';
import { folderOf, joinPath } from './paths.ts';
import { restated } from './rebase.ts';
import type { Sources } from './sources.ts';

/**
 * The one mapping that Compose makes of a file's documents and what stands around it: in each the included files
 * first, then what services extend, then one document over the other and the override file over all
 * (compose-go loader/loader.go loadYamlFile).
 */
export function effectiveMapping(
  documents: readonly YamlMap[],
  sources: Sources,
  problems: PlacedProblem[],
): YamlMap {
  const files: Files = { sources, budget: { left: mostMerged }, problems, known: new Map() };
  const name = sources.name ?? defaultName;
  const path = name.slice(name.lastIndexOf('/') + 1);
  const own = documents.map((root): FileMapping => ({ root, path, folder: '.' }));
  return inOrder([...own, ...overrideOf(path, files)], files, [path]);
}

/** What brings in a file that the main text does not mention has no place in it. */
const nowhere: Span = { start: 0, end: 0 };

function overrideOf(name: string, files: Files): readonly FileMapping[] {
  for (const override of mayBeOverridden(name) ? overrideNames : []) {
    const found = fileAt(files, override, nowhere);
    if (found) return found.map((file) => ({ ...file, root: restatedMap(file.root, nowhere) }));
  }
  return [];
}

/** One mapping over the other, each complete in itself. `chain` names the files that are being read. */
function inOrder(mappings: readonly FileMapping[], files: Files, chain: readonly string[]): YamlMap {
  return mappings
    .map((file) => withExtends(withIncludes(file, files, chain), files))
    .reduce((base, over) => mergeMaps(base, over, [], files.budget), emptyMap);
}

const emptyMap: YamlMap = { type: 'map', tag: undefined, entries: new Map() };

/**
 * Puts a mapping over the files that it includes; what both declare is merged, and its own values win
 * (compose-go loader/include.go). A file that cannot be read stays named, so that naming another is a change.
 */
function withIncludes(file: FileMapping, files: Files, chain: readonly string[]): FileMapping {
  const include = file.root.entries.get('include');
  if (include === undefined || isReset(include) || include.node.type !== 'list') return file;
  const unread: YamlEntry[] = [];
  let included = emptyMap;
  for (const item of include.node.items) {
    const found = includedBy(item, file, files, chain);
    if (found === undefined) unread.push(item);
    else included = mergeMaps(included, restatedMap(found, item.span), [], files.budget);
  }
  const entries = new Map(file.root.entries);
  if (unread.length === 0) entries.delete('include');
  else entries.set('include', { ...include, node: { ...include.node, items: unread } });
  return { ...file, root: mergeMaps(included, { ...file.root, entries }, [], files.budget) };
}

function includedBy(
  item: YamlEntry,
  file: FileMapping,
  files: Files,
  chain: readonly string[],
): YamlMap | undefined {
  const { paths, folder } = includeOf(item.node);
  const full = paths.map((path) => joinPath(file.folder, path));
  const [first] = full;
  if (first === undefined || full.some((path) => chain.includes(path) || path.includes('$')))
    return undefined;
  const base = folder === undefined ? folderOf(first) : joinPath(file.folder, folder);
  const read = full.map((path) => fileAt(files, path, item.span, base));
  const mappings = read.flatMap((found) => found ?? []);
  if (read.includes(undefined)) return undefined;
  const whole = inOrder(mappings, files, [...chain, ...full]);
  const entries = new Map(whole.entries);
  // A project has one name, and it is not that of a part.
  for (const name of ['name', 'version']) entries.delete(name);
  return { ...whole, entries };
}

interface Include {
  readonly paths: readonly string[];
  readonly folder: string | undefined;
}

/** A text is the path; so is each item where one include names several files. */
function includeOf(node: YamlNode): Include {
  const textOf = (part: YamlNode | undefined) =>
    part?.type === 'scalar' && part.text !== '' ? part.text : undefined;
  if (node.type === 'list') return { paths: [], folder: undefined };
  const path = node.type === 'map' ? node.entries.get('path')?.node : node;
  const paths = (path?.type === 'list' ? path.items.map((item) => item.node) : [path]).map(textOf);
  const folder = node.type === 'map' ? textOf(node.entries.get('project_directory')?.node) : undefined;
  return { paths: paths.filter((one) => one !== undefined), folder };
}

function restatedMap(root: YamlMap, span: Span): YamlMap {
  const after = restated(root, span);
  return after.type === 'map' ? after : root;
}
