import type { Entity } from '../../document.ts';
import { partsOf, servicesIn } from './entities.ts';
import { type Finding, type Model, refused } from './finding.ts';
import { dependenciesOf, type Reference } from './references.ts';
import { entryAt } from './yaml.ts';

/** What keeps services from being started in an order: circles, and services that are switched off. */
export function orderFindings(model: Model): Finding[] {
  const needs = new Map(
    servicesIn(model).map(([name, service]) => [name, dependenciesOf(name, service, model)] as const),
  );
  return [...circles(needs), ...disabledDependencies(needs, model)];
}

/** Each circle once, at the reference that closes it (compose-go graph/cycle.go). */
function circles(needs: ReadonlyMap<string, readonly Reference[]>): Finding[] {
  const found: Finding[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (name: string): void => {
    trail.push(name);
    for (const reference of needs.get(name) ?? []) {
      const start = trail.indexOf(reference.target);
      if (start >= 0) found.push(circle(trail.slice(start), reference));
      else if (!done.has(reference.target) && needs.has(reference.target)) visit(reference.target);
    }
    trail.pop();
    done.add(name);
  };
  for (const name of needs.keys()) if (!done.has(name)) visit(name);
  return found;
}

/** A circle is known by who is in it, wherever it is entered. */
function circle(names: readonly string[], { span }: Reference): Finding {
  const [first = ''] = names;
  const message =
    names.length === 1
      ? `service ${first} depends on itself`
      : `services depend on one another in a circle: ${[...names, first].join(', ')}`;
  return refused('dependency-cycle', ['services', ...[...names].sort()], span, message);
}

/**
 * A service that is started must have what it depends on started too, unless that is not required. Without a profile
 * named in COMPOSE_PROFILES only services without profiles are (compose-go types/project.go GetService).
 */
function disabledDependencies(needs: ReadonlyMap<string, readonly Reference[]>, model: Model): Finding[] {
  const active = (model.sources.env?.COMPOSE_PROFILES ?? '').split(',').map((name) => name.trim());
  const services = new Map(servicesIn(model));
  const isOn = (service: Entity | undefined) => {
    const profiles = partsOf(service, 'profiles').map(([name]) => name);
    return profiles.length === 0 || profiles.some((name) => name.includes('$') || isNamed(name, active));
  };
  return [...needs]
    .filter(([name]) => isOn(services.get(name)))
    .flatMap(([name, references]) =>
      references.flatMap((reference) => {
        const { target, from, span } = reference;
        if (!services.has(target) || isOn(services.get(target)) || !isRequired(reference, model)) return [];
        const message = `service ${name} needs service ${target}, which only starts with a profile`;
        return [refused('disabled-dependency', from, span, message)];
      }),
    );
}

function isNamed(profile: string, active: readonly string[]): boolean {
  return active.includes(profile) || active.includes('*');
}

function isRequired({ from }: Reference, { whole }: Model): boolean {
  const required = entryAt(whole, ...from, 'required')?.node;
  return required?.type !== 'scalar' || required.text === '' || /^(?:true|yes|y|on)$/i.test(required.text);
}
