import type { Entity } from '../document.ts';
import { MovedMap, originOf, remember } from '../moved.ts';
import { mostParts, Unreadable, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import { movedSpan } from '../yaml/quick/moved.ts';
import type { Place, Shape } from './place.ts';

/**
 * Reads an entry of a section, and the same words under the same name only once: the entity is that of the first
 * reading, moved to where the words stand now. What a service means depends on nothing else in the file than what a
 * reading knows, as the project's name.
 */
export function sharedEntity(shape: Shape, { node, span }: YamlEntry, place: Place): Entity | undefined {
  const origin = originOf(node);
  if (origin === undefined) return shape(node, place);
  const { thing, by } = origin;
  const { reading } = place;
  const key = JSON.stringify([place.path, { ...reading, budget: mostParts }]);
  const known = readings.get(thing);
  const first =
    known?.key === key ? known : readFirst(key, shape, thing, { ...place, span: movedSpan(span, -by) });
  readings.set(thing, first);
  // What goes beyond the budget of a reading is told at its own place.
  if (reading.budget < first.cost) return shape(node, place);
  reading.budget -= first.cost;
  return first.entity && movedEntity(first.entity, by);
}

interface FirstReading {
  /** The same words may name a volume and a network; the last reading is the one that comes again. */
  readonly key: string;
  readonly entity: Entity | undefined;
  /** What it takes of a reading's budget. */
  readonly cost: number;
}

const readings = new WeakMap<YamlNode, FirstReading>();

function readFirst(key: string, shape: Shape, node: YamlNode, place: Place): FirstReading {
  const reading = { ...place.reading, budget: mostParts };
  try {
    const entity = shape(node, { ...place, reading });
    return { key, entity, cost: mostParts - reading.budget };
  } catch (error) {
    if (error instanceof Unreadable) return { key, entity: undefined, cost: Number.POSITIVE_INFINITY };
    throw error;
  }
}

function movedEntity(entity: Entity, by: number): Entity {
  return remember(shifted(entity, by), entity, by);
}

/** The parts move when somebody asks for them. */
function shifted(entity: Entity, by: number): Entity {
  const { kind, path, value, label, span, children } = entity;
  return {
    kind,
    path,
    value,
    label,
    span: movedSpan(span, by),
    children: children.size === 0 ? children : new MovedMap(children, (child) => shifted(child, by)),
  };
}
