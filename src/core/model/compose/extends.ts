import { isReset, type YamlEntry, type YamlMap } from '../yaml/node.ts';
import { type FileMapping, type Files, fileAt } from './files.ts';
import { mergeNodes } from './merge.ts';
import { joinPath } from './paths.ts';
import { restated } from './rebase.ts';

/**
 * Puts every service over the one it extends, from this file or another (compose-go loader/extends.go). What cannot
 * be found stays named, so that naming another is a change.
 */
export function withExtends(file: FileMapping, files: Files): YamlMap {
  const services = servicesOf(file);
  if (services === undefined || ![...services.values()].some(extendsOf)) return file.root;
  const resolution: Resolution = { files, done: new Map() };
  const entries = new Map<string, YamlEntry>();
  for (const [name, service] of services) entries.set(name, resolved(resolution, file, name, []) ?? service);
  const { root } = file;
  const section = root.entries.get('services');
  if (section?.node.type !== 'map') return root;
  const node: YamlMap = { ...section.node, entries };
  return { ...root, entries: new Map(root.entries).set('services', { ...section, node }) };
}

interface Resolution {
  readonly files: Files;
  readonly done: Map<string, YamlEntry | undefined>;
}

/** A service with what it extends; `undefined` for one that is not there. `chain` is what is being resolved. */
function resolved(
  resolution: Resolution,
  file: FileMapping,
  name: string,
  chain: readonly string[],
): YamlEntry | undefined {
  const key = JSON.stringify([file.path, name]);
  if (resolution.done.has(key)) return resolution.done.get(key);
  const own = servicesOf(file)?.get(name);
  const found = own && over(resolution, file, own, [...chain, key]);
  resolution.done.set(key, found);
  return found;
}

function over(
  resolution: Resolution,
  file: FileMapping,
  own: YamlEntry,
  chain: readonly string[],
): YamlEntry {
  const reference = extendsOf(own);
  if (reference === undefined || own.node.type !== 'map') return own;
  const base = baseOf(resolution, file, reference, chain);
  if (base === undefined) return own;
  const { node } = base;
  const entries = new Map(own.node.entries);
  entries.delete('extends');
  const merged = mergeNodes(
    { node, span: own.span },
    { ...own, node: { ...own.node, entries } },
    aService,
    resolution.files.budget,
  );
  return { ...merged, span: own.span };
}

const aService = ['services', '*'];

interface Reference {
  readonly service: string;
  readonly file: string | undefined;
  readonly entry: YamlEntry;
}

function baseOf(
  resolution: Resolution,
  file: FileMapping,
  { service, file: path, entry }: Reference,
  chain: readonly string[],
): YamlEntry | undefined {
  const full = path === undefined ? file.path : joinPath(file.folder, path);
  // A service that comes round to itself is refused by Compose; here it stays as it is written.
  if (chain.includes(JSON.stringify([full, service])) || full.includes('$')) return undefined;
  if (full === file.path) return resolved(resolution, file, service, chain);
  for (const other of fileAt(resolution.files, full, entry.span) ?? []) {
    const found = resolved(resolution, other, service, chain);
    if (found) return { ...found, node: restated(found.node, entry.span) };
  }
  return undefined;
}

function servicesOf({ root }: FileMapping): ReadonlyMap<string, YamlEntry> | undefined {
  const services = root.entries.get('services')?.node;
  return services?.type === 'map' ? services.entries : undefined;
}

/** A text is the name of a service in the same file (compose-go transform/extends.go). */
function extendsOf({ node }: YamlEntry): Reference | undefined {
  const entry = node.type === 'map' ? node.entries.get('extends') : undefined;
  if (entry === undefined || isReset(entry)) return undefined;
  const { node: said } = entry;
  if (said.type === 'scalar') return { service: said.text, file: undefined, entry };
  const text = (name: string) => {
    const part = said.type === 'map' ? said.entries.get(name)?.node : undefined;
    return part?.type === 'scalar' && part.text !== '' ? part.text : undefined;
  };
  const service = text('service');
  return service === undefined ? undefined : { service, file: text('file'), entry };
}
