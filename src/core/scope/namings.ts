import { fieldOf, type Reference, referencesIn } from '../diff/references.ts';
import { type Entity, entityAt, type InfraDocument } from '../model/document.ts';

/**
 * Every place where a service names something that has to be there: besides what it runs with, the models that it
 * uses and the secrets of its build (compose-go loader/validate.go checkConsistency), and the services that its build
 * takes a context from (docker/compose pkg/compose/build.go).
 */
export function namesIn(document: InfraDocument): readonly Reference[] {
  const services = [...(entityAt(document, ['services'])?.children.values() ?? [])];
  return [
    ...referencesIn(document),
    ...services.flatMap((service) => [...usesOf(service), ...namedByBuild(service)]),
  ];
}

function usesOf(service: Entity): Reference[] {
  return partsOf(service, 'models').map((from) => ({ from, to: ['models', from.path.at(-1) ?? ''] }));
}

function namedByBuild(service: Entity): Reference[] {
  const build = service.children.get('build');
  if (build === undefined) return [];
  const secrets = partsOf(build, 'secrets').map((from) => ({ from, to: ['secrets', sourceOf(from)] }));
  const contexts = partsOf(build, 'additional_contexts').flatMap((from): Reference[] => {
    const service = typeof from.value === 'string' ? contextOf(from.value) : undefined;
    return service === undefined ? [] : [{ from, to: ['services', service] }];
  });
  return [...secrets, ...contexts];
}

/** `service:base` takes what the build of that service makes. */
function contextOf(value: string): string | undefined {
  return value.startsWith('service:') ? value.slice('service:'.length) : undefined;
}

function partsOf(entity: Entity, field: string): Entity[] {
  return [...(entity.children.get(field)?.children.values() ?? [])];
}

function sourceOf(item: Entity): string {
  const source = fieldOf(item, 'source');
  return typeof source === 'string' ? source : (item.path.at(-1) ?? '');
}
