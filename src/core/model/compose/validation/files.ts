import type { YamlEntry, YamlNode } from '../../yaml/node.ts';
import { defaultName } from '../files.ts';
import { folderOf, joinPath } from '../paths.ts';
import { type Finding, type Model, refused, warned } from './finding.ts';
import { entriesIn, entryAt, itemsIn, textAt } from './yaml.ts';

/** Files that the text names and that are not there, where somebody can look, and services to extend. */
export function fileFindings(model: Model): Finding[] {
  const { whole } = model;
  const included = itemsIn(entryAt(whole, 'include')?.node).flatMap((item) =>
    pathsOf(item.node).flatMap((path) => unread(model, item, path)),
  );
  const services = entriesIn(entryAt(whole, 'services')?.node).flatMap(([name, { node }]) => [
    ...extended(model, name, node),
    ...variableFiles(model, name, node),
  ]);
  return [...included, ...services];
}

/** An include that is there and could not be followed leads back to the file itself (compose-go loader/include.go). */
function unread(model: Model, item: YamlEntry, path: string): Finding[] {
  const at = ['include', path];
  if (model.sources.read === undefined || isElsewhere(path)) return [];
  const message = `the included file ${path} comes round to this one again`;
  if (isThere(model, path)) return [refused('dependency-cycle', at, item.span, message)];
  return missing(model, at, item, path, 'included file');
}

/** What is still there to be extended could not be followed (compose-go loader/extends.go). */
function extended(model: Model, name: string, node: YamlNode): Finding[] {
  const entry = entryAt(node, 'extends');
  if (entry === undefined) return [];
  const path = ['services', name, 'extends'];
  const file = textAt(entryAt(entry.node, 'file'));
  if (file !== undefined) return missing(model, path, entry, file, 'extended file');
  const service = textAt(entryAt(entry.node, 'service')) ?? textAt(entry) ?? '';
  if (service === '' || service.includes('$')) return [];
  const isThere = entryAt(model.whole, 'services', service) !== undefined;
  const what = isThere ? 'which comes round to it again' : 'which is not declared';
  const message = `service ${name} extends service ${service}, ${what}`;
  return [refused(isThere ? 'dependency-cycle' : 'undefined-reference', path, entry.span, message)];
}

/**
 * Files of variables often hold secrets and are put in place by whoever starts the project, so that it is only a
 * warning that one is not there yet.
 */
function variableFiles(model: Model, name: string, node: YamlNode): Finding[] {
  const entry = entryAt(node, 'env_file');
  const items = entry?.node.type === 'list' ? itemsIn(entry.node) : entry === undefined ? [] : [entry];
  return items.flatMap((item) => {
    const path = textAt(item) ?? textAt(entryAt(item.node, 'path')) ?? '';
    if (/^(?:false|no|n|off)$/i.test(textAt(entryAt(item.node, 'required')) ?? '')) return [];
    return missing(model, ['services', name, 'env_file', path], item, path, 'file of variables').map(warned);
  });
}

function missing(
  model: Model,
  at: readonly string[],
  { span }: YamlEntry,
  path: string,
  what: string,
): Finding[] {
  if (model.sources.read === undefined || isElsewhere(path) || isThere(model, path)) return [];
  return [refused('file-not-found', at, span, `the ${what} ${path} is not there`)];
}

/** Elsewhere in the file system, or on the network, nobody looks; and a variable may lead anywhere. */
function isElsewhere(path: string): boolean {
  return path === '' || /^[/~\\]|[$:]/.test(path);
}

function isThere({ sources }: Model, path: string): boolean {
  return sources.read?.(joinPath(folderOf(sources.name ?? defaultName), path)) !== undefined;
}

function pathsOf(node: YamlNode): string[] {
  const path = node.type === 'map' ? entryAt(node, 'path')?.node : node;
  if (path?.type === 'scalar') return [path.text];
  return itemsIn(path).flatMap((item) => textAt(item) ?? []);
}
