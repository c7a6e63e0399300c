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

interface Meaning {
  readonly value: Json | undefined;
  readonly children: ReadonlyMap<string, Meaning>;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
