import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { YamlMap } from '../../yaml/node.ts';
import { isOpen, locate, plainValue } from './plain.ts';
import composeSpec from './schema/compose-spec.json';

/** One way in which a value does not fit the schema. */
export interface Misfit {
  /** Where the value is, as `#/services/web/ports/0`. */
  readonly instance: string;
  readonly keyword: string;
  /** The schemas that want something else, each as a way through the schema; several where any of them would do. */
  readonly wanted: readonly string[];
}

/** What of a mapping does not fit Compose's own schema, the most telling part of each alternative only. */
export function misfitsIn(whole: YamlMap): Misfit[] {
  const { errors } = validator.validate(plainValue(whole));
  return reduced(errors, whole);
}

/** The part of the schema that a way through it leads to. */
export function schemaAt(way: string): unknown {
  let at: unknown = composeSpec;
  for (const part of way.split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = fieldOf(at, name);
    if (name === '$ref' && typeof at === 'string') at = schemaAt(at);
  }
  return at;
}

const validator = new Validator(composeSpec as Schema, '2020-12', false);

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Errors come from the outside in; what only passes on an error within says nothing itself. */
function reduced(errors: readonly OutputUnit[], whole: YamlMap): Misfit[] {
  const misfits: Misfit[] = [];
  let at = 0;
  for (let error = errors[at]; error !== undefined; error = errors[at]) {
    const { keyword, instanceLocation: instance, keywordLocation: way } = error;
    const next = errors[at + 1];
    at++;
    if (keyword === 'oneOf' || keyword === 'anyOf') {
      const start = at;
      while (isWithin(errors[at], error)) at++;
      misfits.push(...ofAlternatives(error, errors.slice(start, at), whole));
    } else if (keyword === 'additionalProperties' && next?.keyword === 'false') {
      misfits.push({ instance: next.instanceLocation, keyword, wanted: [way] });
      at++;
    } else if (!passesOn.has(keyword)) {
      const misfit = { instance, keyword, wanted: [way] };
      if (!mayFit(misfit, whole)) misfits.push(misfit);
    }
  }
  return misfits;
}

const passesOn: ReadonlySet<string> = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'additionalProperties',
  'items',
  'allOf',
]);

/** The one error that does not tell where in the schema it stands belongs to the error before it. */
function isWithin(error: OutputUnit | undefined, outer: OutputUnit): boolean {
  if (error === undefined) return false;
  if (error.keyword === 'false') return error.instanceLocation.startsWith(`${outer.instanceLocation}/`);
  return error.keywordLocation.startsWith(`${outer.keywordLocation}/`);
}

/** An unknown variable may turn into whatever a text can be, and a list is never one. */
function mayFit({ instance, keyword, wanted }: Misfit, whole: YamlMap): boolean {
  const found = locate(whole, instance);
  if (found === undefined || !isOpen(found.entry.node)) return false;
  if (keyword !== 'type') return keyword !== 'uniqueItems';
  const types = wanted.flatMap(typesAt);
  return types.some((type) => type !== 'object' && type !== 'array');
}

/** The types that a schema's `type` names. */
export function typesAt(way: string): string[] {
  const type = schemaAt(way);
  return (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
}

/**
 * Of several alternatives the one counts whose kind of value it is; where it is none of them, all kinds would do.
 * `[{…}]` in a list of texts or mappings is told what is wrong in the mapping, and not that it is no text.
 */
function ofAlternatives(outer: OutputUnit, errors: readonly OutputUnit[], whole: YamlMap): Misfit[] {
  const { instanceLocation: instance, keywordLocation: way, keyword } = outer;
  const branches = branchesOf(errors, way).map((branch) => reduced(branch, whole));
  if (branches.length === 0) return [{ instance, keyword, wanted: [way] }];
  if (branches.some((branch) => branch.length === 0)) return [];
  const isOfKind = (branch: readonly Misfit[]) =>
    !branch.some((misfit) => misfit.keyword === 'type' && misfit.instance === instance);
  const [best] = branches.filter(isOfKind).sort((one, other) => depthOf(other) - depthOf(one));
  if (best !== undefined) return best;
  const wanted = branches
    .flat()
    .filter((misfit) => misfit.instance === instance && misfit.keyword === 'type');
  return [{ instance, keyword: 'type', wanted: wanted.flatMap((misfit) => misfit.wanted) }];
}

function branchesOf(errors: readonly OutputUnit[], way: string): OutputUnit[][] {
  const branches = new Map<string, OutputUnit[]>();
  let current: OutputUnit[] = [];
  for (const error of errors) {
    if (error.keyword !== 'false') {
      const index = error.keywordLocation.slice(way.length + 1).split('/')[0] ?? '';
      current = branches.get(index) ?? [];
      branches.set(index, current);
    }
    current.push(error);
  }
  return [...branches.values()];
}

function depthOf(misfits: readonly Misfit[]): number {
  return Math.max(...misfits.map(({ instance }) => instance.split('/').length));
}
