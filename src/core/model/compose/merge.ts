import {
  isNull,
  isReset,
  Unreadable,
  type YamlEntry,
  type YamlList,
  type YamlMap,
  type YamlNode,
} from '../yaml/node.ts';
import { textScalar } from '../yaml/scalar.ts';
import { splitOutside } from './interpolation.ts';

/** Counts what merging makes, because a chain of services that extend one another can make much out of little. */
export interface MergeBudget {
  left: number;
}

export const mostMerged = 500_000;

/**
 * One node over another, as Compose puts an override file over the file before it, or a service over the one it
 * extends: mappings by key, lists one behind the other, scalars replaced, null as good as nothing
 * (compose-go override/merge.go). What is then there twice is for the shapes to see.
 */
export function mergeNodes(
  base: YamlEntry,
  over: YamlEntry,
  path: readonly string[],
  budget: MergeBudget,
): YamlEntry {
  if (over.node.tag === '!override') return over;
  if (isNull(over.node)) return base;
  if (base.node.tag === '!reset') return over;
  const rule = ruleFor(path);
  if (rule === 'replace') return over;
  const [lower, upper] = [inForm(base, rule), inForm(over, rule)];
  if (lower.type === 'map' && upper.type === 'map') {
    if (rule === 'logging' && driverOf(lower) !== driverOf(upper)) return over;
    return { node: mergeMaps(lower, upper, path, budget), span: over.span };
  }
  if (lower.type !== 'list' || upper.type !== 'list') return over;
  spend(budget, lower.items.length + upper.items.length, over);
  return { node: { ...upper, items: [...lower.items, ...upper.items] }, span: over.span };
}

export function mergeMaps(
  base: YamlMap,
  over: YamlMap,
  path: readonly string[],
  budget: MergeBudget,
): YamlMap {
  const entries = new Map(base.entries);
  for (const [name, entry] of over.entries) {
    const below = entries.get(name);
    if (isReset(entry)) entries.delete(name);
    else entries.set(name, below === undefined ? entry : mergeNodes(below, entry, [...path, name], budget));
  }
  const [first] = over.entries.values();
  if (first) spend(budget, entries.size, first);
  return { type: 'map', tag: undefined, entries };
}

function spend(budget: MergeBudget, amount: number, { span }: YamlEntry): void {
  budget.left -= amount;
  if (budget.left >= 0) return;
  const message = 'the services extend one another too often to be judged; write some of them out';
  throw new Unreadable('too-complex', message, span.start);
}

type Rule = 'replace' | 'pairs' | 'names' | 'dependencies' | 'hosts' | 'list' | 'build' | 'logging' | 'plain';

/** Which way a field is merged, by its path below the resource (compose-go override/merge.go mergeSpecials). */
function ruleFor(path: readonly string[]): Rule {
  const field = path.slice(2).join('.');
  if (field.endsWith('labels')) return 'pairs';
  return path[0] === 'services' ? (rules.get(field) ?? 'plain') : 'plain';
}

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['command', 'replace'],
  ['entrypoint', 'replace'],
  ['healthcheck.test', 'replace'],
  ['environment', 'pairs'],
  ['annotations', 'pairs'],
  ['sysctls', 'pairs'],
  ['build.args', 'pairs'],
  ['build.additional_contexts', 'pairs'],
  ['extra_hosts', 'hosts'],
  ['build.extra_hosts', 'hosts'],
  ['depends_on', 'dependencies'],
  ['networks', 'names'],
  ['models', 'names'],
  ['dns', 'list'],
  ['dns_opt', 'list'],
  ['dns_search', 'list'],
  ['env_file', 'list'],
  ['label_file', 'list'],
  ['tmpfs', 'list'],
  ['build', 'build'],
  ['logging', 'logging'],
]);

/** Both sides in the one form in which they can be merged. */
function inForm({ node, span }: YamlEntry, rule: Rule): YamlNode {
  if (rule === 'list') return node.type === 'scalar' ? listOf([{ node, span }]) : node;
  if (rule === 'hosts') return node.type === 'map' ? listOf([...node.entries].flatMap(hostItems)) : node;
  if (rule === 'build' && node.type === 'scalar') return mapOf([['context', { node, span }]]);
  const pair = byItem[rule];
  return node.type === 'list' && pair !== undefined ? mapOf(node.items.map(pair)) : node;
}

/** How an item of a list becomes a pair of a mapping. */
const byItem: { readonly [rule in Rule]?: (item: YamlEntry) => [string, YamlEntry] } = {
  pairs: pairOf,
  names: nameOf,
  dependencies: dependencyOf,
};

function hostItems([name, { node, span }]: [string, YamlEntry]): YamlEntry[] {
  const addresses = node.type === 'list' ? node.items : [{ node, span }];
  return addresses.map(({ node: address }) => {
    const text = `${name}=${address.type === 'scalar' ? address.text : ''}`;
    return { node: { type: 'scalar', tag: undefined, value: text, text }, span };
  });
}

/** `NAME=text` of a list as the pair of a mapping; a name alone is one to null. */
function pairOf({ node, span }: YamlEntry): [string, YamlEntry] {
  const [name = '', ...rest] = node.type === 'scalar' ? splitOutside(node.text, '=') : [];
  const text = rest.join('=');
  return [
    name,
    { node: { type: 'scalar', tag: undefined, value: rest.length === 0 ? null : text, text }, span },
  ];
}

/** A bare name of a list, which means what null means as its value in a mapping. */
function nameOf({ node, span }: YamlEntry): [string, YamlEntry] {
  const name = node.type === 'scalar' ? node.text : '';
  return [name, { node: { type: 'scalar', tag: undefined, value: null, text: '' }, span }];
}

/** A dependency that is only named; null would be refused in its place (compose-go transform/dependson.go). */
function dependencyOf(item: YamlEntry): [string, YamlEntry] {
  const [name, { span }] = nameOf(item);
  const condition: YamlNode = { type: 'scalar', tag: undefined, ...textScalar('service_started') };
  return [name, { node: mapOf([['condition', { node: condition, span }]]), span }];
}

function driverOf(logging: YamlMap): string | undefined {
  const driver = logging.entries.get('driver')?.node;
  return driver?.type === 'scalar' ? driver.text : undefined;
}

function mapOf(entries: readonly [string, YamlEntry][]): YamlMap {
  return { type: 'map', tag: undefined, entries: new Map(entries) };
}

function listOf(items: readonly YamlEntry[]): YamlList {
  return { type: 'list', tag: undefined, items };
}
