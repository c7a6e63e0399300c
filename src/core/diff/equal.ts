import type { Json } from '../model/document.ts';

/** Whether two canonical values mean the same. Keys of a mapping have no order; items of a list have. */
export function deepEqual(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (isList(one) || isList(other)) {
    return (
      isList(one) &&
      isList(other) &&
      one.length === other.length &&
      one.every((item, index) => deepEqual(item, other[index]))
    );
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && deepEqual(one[key], other[key]))
  );
}

/** Whether two entities mean the same with all they contain; their names and places do not count. */
export function sameMeaning(one: Meaning, other: Meaning): boolean {
  if (!deepEqual(one.value, other.value) || one.children.size !== other.children.size) return false;
  for (const [name, child] of one.children) {
    const twin = other.children.get(name);
    if (twin === undefined || !sameMeaning(child, twin)) return false;
  }
  return true;
}

/** What an entity says with all it contains, in one order: as texts, two are equal when they mean the same. */
export function meaningOf({ value, children }: Meaning): Json {
  const parts = inOrder([...children].map(([name, child]) => [name, meaningOf(child)]));
  return value === undefined ? [parts] : [parts, sorted(value)];
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(sorted);
  return inOrder(Object.entries(value).map(([name, part]) => [name, sorted(part)]));
}

function inOrder(parts: readonly [string, Json][]): Json {
  return [...parts].sort(([one], [other]) => (one < other ? -1 : 1));
}

interface Meaning {
  readonly value: Json | undefined;
  readonly children: ReadonlyMap<string, Meaning>;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
