import type { Chance } from '../unit/core/mutation/chance.ts';
import { chosen } from './bytes.ts';

/**
 * One thing that goes wrong inside a value of JSON. It is changed in place and given back; a name of the language becomes
 * a name in the value, as `JSON.parse` would make it.
 */
export function damagedValue(value: unknown, chance: Chance): unknown {
  const places = placesBelow(value);
  const place = places[chance.below(places.length)];
  if (place === undefined) return oddValue(chance);
  const { holder, key } = place;
  const own = holder[key];
  const how = chosen(ways, chance);
  if (Array.isArray(holder) && (how === 'drop' || how === 'rename')) holder.splice(Number(key), 1);
  else if (how === 'drop') delete holder[key];
  else if (how === 'replace') define(holder, key, oddValue(chance));
  else if (how === 'wrap') holder[key] = [own];
  else if (how === 'text') holder[key] = JSON.stringify(own);
  else if (how === 'add') define(holder, chosen(oddNames, chance), oddValue(chance));
  else {
    delete holder[key];
    define(holder, chosen(oddNames, chance), own);
  }
  return value;
}

const ways = ['drop', 'drop', 'replace', 'replace', 'rename', 'rename', 'wrap', 'text', 'add'] as const;

/** Values that nobody sends. */
function oddValue(chance: Chance): unknown {
  if (chance.below(6) === 0) return nested(1 + chance.below(2_000));
  if (chance.below(6) === 0)
    return String.fromCharCode(...Array.from({ length: 12 }, () => chance.below(65_536)));
  return structuredClone(chosen(oddValues, chance));
}

const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  8.64e15 + 1,
  '',
  '\0',
  '\uD800',
  '__proto__',
  [],
  {},
  [[]],
  [null],
  '0'.repeat(64),
  'a'.repeat(64),
];

/** Names that mean something to the language. */
const oddNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'path ', 'PATH', 'edits'];

function define(holder: Record<string, unknown>, name: string, value: unknown): void {
  // A list of which the language no longer knows how to make another cannot come from JSON.
  if (Array.isArray(holder) && name === 'constructor') return;
  Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
}

function nested(depth: number): unknown {
  let value: unknown = '/workspace/compose.yaml';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { path: value };
  return value;
}

export interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

export function placesBelow(value: unknown): readonly Place[] {
  const places: Place[] = [];
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const holder = next as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      open.push(holder[key]);
    }
  }
  return places;
}
