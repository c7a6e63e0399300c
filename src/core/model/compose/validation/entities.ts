import type { Entity, Json } from '../../document.ts';
import type { Model } from './finding.ts';

export function servicesIn({ root }: Model): [string, Entity][] {
  return [...(root.children.get('services')?.children ?? [])];
}

export function entityAt(entity: Entity | undefined, path: readonly string[]): Entity | undefined {
  return path.reduce((at, name) => at?.children.get(name), entity);
}

/** The parts of an entity, by name; none where there is no entity. */
export function partsOf(entity: Entity | undefined, ...path: readonly string[]): [string, Entity][] {
  return [...(entityAt(entity, path)?.children ?? [])];
}

/** One field of a value that has fields. */
export function fieldOf(value: Json | undefined, name: string): Json | undefined {
  const hasFields = typeof value === 'object' && value !== null && !Array.isArray(value);
  return hasFields ? (value as { readonly [key: string]: Json })[name] : undefined;
}
