/**
 * What was read from some words once is not read again where the same words stand at another place: it is the same
 * thing, moved. Here is kept what a moved thing was made of, so that it can be told that two mean the same.
 */
export interface Origin<Thing> {
  readonly thing: Thing;
  /** How much further on it stands now. */
  readonly by: number;
}

const origins = new WeakMap<object, Origin<object>>();

export function remember<Thing extends object>(moved: Thing, thing: Thing, by: number): Thing {
  origins.set(moved, { thing, by });
  return moved;
}

/** What a thing was made of; `undefined` for one that was read at its place. */
export function originOf<Thing extends object>(moved: Thing): Origin<Thing> | undefined {
  return origins.get(moved) as Origin<Thing> | undefined;
}

/** Whether both are known to come from the same words under the same name, so that they mean the same. */
export function fromSameWords(one: object, other: object): boolean {
  return (origins.get(one)?.thing ?? one) === (origins.get(other)?.thing ?? other);
}

/**
 * Makes something of a thing once for all the places where its words stand. What is made must not tell of a place, for
 * it is that of the first.
 */
export function oncePerWords<Thing extends object, Made>(
  make: (thing: Thing) => Made,
): (thing: Thing) => Made {
  const known = new WeakMap<object, { readonly made: Made }>();
  return (moved) => {
    const thing = originOf(moved)?.thing ?? moved;
    const before = known.get(thing) ?? { made: make(thing) };
    known.set(thing, before);
    return before.made;
  };
}

/**
 * A mapping whose values are those of another one, each changed by `step` when somebody first asks for it. Most of a
 * file that is read again is never asked for.
 */
export class MovedMap<Value> implements ReadonlyMap<string, Value> {
  private readonly origin: ReadonlyMap<string, Value>;
  private readonly step: (value: Value) => Value;
  private moved: ReadonlyMap<string, Value> | undefined;

  constructor(origin: ReadonlyMap<string, Value>, step: (value: Value) => Value) {
    this.origin = origin;
    this.step = step;
  }

  get size(): number {
    return this.origin.size;
  }

  has(name: string): boolean {
    return this.origin.has(name);
  }

  get(name: string): Value | undefined {
    return this.origin.has(name) ? this.all().get(name) : undefined;
  }

  keys(): MapIterator<string> {
    return this.origin.keys();
  }

  values(): MapIterator<Value> {
    return this.all().values();
  }

  entries(): MapIterator<[string, Value]> {
    return this.all().entries();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.all().entries();
  }

  forEach(each: (value: Value, name: string, map: ReadonlyMap<string, Value>) => void): void {
    this.all().forEach(each);
  }

  private all(): ReadonlyMap<string, Value> {
    if (this.moved !== undefined) return this.moved;
    const moved = new Map<string, Value>();
    for (const [name, value] of this.origin) moved.set(name, this.step(value));
    this.moved = moved;
    return moved;
  }
}
