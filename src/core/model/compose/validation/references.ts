import type { Entity, Json, Span } from '../../document.ts';
import { hasVariable } from '../interpolation.ts';
import { fieldOf, partsOf, servicesIn } from './entities.ts';
import { type Finding, type Model, refused } from './finding.ts';
import { entriesIn, entryAt, itemsIn, textAt } from './yaml.ts';

/** What a service names and where; `names` is the section in which it must be declared. */
export interface Reference {
  readonly from: readonly string[];
  readonly names: Section;
  readonly target: string;
  readonly span: Span;
}

const sections = ['services', 'networks', 'volumes', 'secrets', 'configs', 'models'] as const;
type Section = (typeof sections)[number];

/**
 * Names that nothing declares (compose-go loader/validate.go checkConsistency). An included file that could not be
 * read may declare them, and then nothing is said.
 */
export function undefinedReferences(model: Model): Finding[] {
  if (entryAt(model.whole, 'include') !== undefined) return [];
  const names = new Map(sections.map((section) => [section, namesIn(model, section)]));
  return servicesIn(model).flatMap(([name, service]) => {
    const references = [...dependenciesOf(name, service, model), ...resourcesOf(name, service)];
    return references
      .filter((reference) => reference.target !== '' && !isDeclared(reference, model))
      .map((reference) => missing(reference, names.get(reference.names) ?? []));
  });
}

/** The services that others wait for or share something with; links and shared namespaces imply that. */
export function dependenciesOf(name: string, service: Entity, { whole }: Model): Reference[] {
  const from = ['services', name];
  const to = (part: readonly string[], target: string, span: Span): Reference => ({
    from: [...from, ...part],
    names: 'services',
    target,
    span,
  });
  const node = entryAt(whole, 'services', name)?.node;
  // What is implied anyway is no entity of its own, so that the text is asked.
  const waited = entryAt(node, 'depends_on')?.node;
  const namespaces = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'].flatMap((field) => {
    const entry = entryAt(node, field);
    const target = /^service:(.+)$/.exec(textAt(entry) ?? '')?.[1];
    return entry === undefined || target === undefined ? [] : [to([field], target, entry.span)];
  });
  return [
    ...entriesIn(waited).map(([target, { span }]) => to(['depends_on', target], target, span)),
    ...itemsIn(waited).map((item) => to(['depends_on', textAt(item) ?? ''], textAt(item) ?? '', item.span)),
    ...partsOf(service, 'links').map(([link, { span }]) =>
      to(['links', link], link.split(':')[0] ?? '', span),
    ),
    ...namespaces,
    ...itemsIn(entryAt(node, 'volumes_from')?.node).flatMap((item) => {
      const [lender = ''] = (textAt(item) ?? '').split(':');
      return lender === '' || lender === 'container' ? [] : [to(['volumes_from', lender], lender, item.span)];
    }),
  ];
}

function resourcesOf(name: string, service: Entity): Reference[] {
  const below = (
    path: readonly string[],
    names: Section,
    targetOf: (entity: Entity, key: string) => Json | undefined,
  ) =>
    partsOf(service, ...path).flatMap(([key, entity]) => {
      const target = targetOf(entity, key);
      const from = ['services', name, ...path, key];
      return typeof target === 'string' ? [{ from, names, target, span: entity.span }] : [];
    });
  const source = ({ value }: Entity) => fieldOf(value, 'source');
  return [
    ...below(['networks'], 'networks', ({ kind }, key) =>
      kind === 'attachment' && key !== 'default' ? key : undefined,
    ),
    ...below(['volumes'], 'volumes', (mount) =>
      fieldOf(mount.value, 'type') === 'volume' ? source(mount) : undefined,
    ),
    ...below(['secrets'], 'secrets', source),
    ...below(['configs'], 'configs', source),
    ...below(['models'], 'models', (_, key) => key),
    ...below(['build', 'secrets'], 'secrets', source),
  ];
}

function namesIn({ whole }: Model, section: Section): string[] {
  return entriesIn(entryAt(whole, section)?.node).map(([name]) => name);
}

function isDeclared({ names, target }: Reference, { whole }: Model): boolean {
  return hasVariable(target) || entryAt(whole, names, target) !== undefined;
}

function missing({ from, names, target, span }: Reference, known: readonly string[]): Finding {
  const [, service = '', ...part] = from;
  const singular = names.slice(0, -1);
  const where = [part[0], ...(part[0] === 'build' ? ['secrets'] : [])].join('.');
  const message = `${where} of service ${service} names ${singular} ${target}, which is not declared`;
  const finding = refused('undefined-reference', from, span, message);
  return { ...finding, missing: [names, target], misspelled: { name: target, known } };
}
