import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { adapterFor, detect } from '../../src/agents/registry.ts';
import { mayBeProtected } from '../../src/cli/hookPaths.ts';
import { type Shape, shapes } from './shapes.ts';
import type { Action } from './toolsOfHosts.ts';

/** `INFRAHOLD_SWEEP=all` tries ten to the fifth; otherwise a sample that `INFRAHOLD_SEED` chooses. */
const runs = process.env.INFRAHOLD_SWEEP === 'all' ? 100_000 : 4_000;
const seed = Number(process.env.INFRAHOLD_SEED ?? 1);

const path = '/workspace/docker-compose.yml';
const writing: readonly Action[] = [
  { do: 'edit', path, old: 'nginx', fresh: 'caddy' },
  { do: 'write', path, text: 'services: {}\n' },
  { do: 'delete', path },
  { do: 'rename', path, to: '/workspace/old.yml' },
  { do: 'foreign', path },
];

interface Start {
  readonly shape: Shape;
  readonly tool: string;
  readonly payload: object;
}

const starts: readonly Start[] = shapes.flatMap((shape) =>
  writing.flatMap((action) => {
    const call = shape.call(action);
    return call === undefined ? [] : [{ shape, tool: call.tool, payload: shape.before(call, '/workspace') }];
  }),
);

/** Values that no host sends, and names that mean something to the language. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', '\0', '\uD800', '__proto__', [], {}, [[]], [null]),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer({ min: 1, max: 2_000 }).map(nested),
);
const oddName = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'path ',
  'PATH',
  'edits',
);

/** One thing that goes wrong with a payload: `at` chooses the place. */
const damage = fc.record({
  how: fc.constantFrom(
    'drop',
    'drop',
    'replace',
    'rename',
    'rename',
    'wrap',
    'text',
    'add',
    'cut',
    'flip',
    'flip',
  ),
  at: fc.nat(),
  value: oddValue,
  name: oddName,
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

test('sweep of damaged payloads: none throws, and none that names a writing tool and our file is none of ours', (t) => {
  const counts = new Map<string, number>();
  const property = fc.property(
    fc.nat(starts.length - 1),
    fc.array(damage, { minLength: 1, maxLength: 4 }),
    (index, damages) => {
      const start = starts[index];
      assert.ok(start !== undefined);
      const payload = damages.reduce<unknown>(damaged, structuredClone(start.payload));
      counts.set(outcome(start, payload), (counts.get(outcome(start, payload)) ?? 0) + 1);
    },
  );
  fc.assert(property, { numRuns: runs, seed });
  const totals = [...counts].map(([what, count]) => `${count} ${what}`).join(', ');
  t.diagnostic(`sweep of damaged payloads: seed ${seed}, ${runs} inputs, ${totals}`);
  assert.ok((counts.get('held') ?? 0) > runs / 4);
});

/** `undefined` is a payload that is no JSON any more; the process refuses those by itself. */
function outcome({ shape, tool, payload: whole }: Start, payload: unknown): string {
  const adapter = adapterFor(shape.host);
  assert.ok(adapter !== undefined);
  if (payload === undefined) return 'no JSON';
  const decoded = detect(adapter, payload, {}).decode(payload);
  if (decoded.kind === 'unreadable') return 'held';
  if (decoded.kind === 'edits' && decoded.proposals.some((edit) => mayBeProtected('/workspace', edit.path)))
    return 'held';
  const texts = textsBelow(payload);
  // What a tool nobody knows means by a text is told by the name of the field alone.
  const isNamed = !tool.includes('entry') || textsBelow(filesBelow(payload)).includes(path);
  const isSame = [tool, path, ...textsBelow(events(whole))].every((text) => texts.includes(text));
  assert.ok(
    !isNamed || !isSame,
    `${shape.host} lets this pass as ${decoded.kind}: ${JSON.stringify(payload).slice(0, 2_000)}`,
  );
  return 'of something else';
}

function filesBelow(payload: unknown): readonly unknown[] {
  return placesBelow({ payload }).flatMap(({ holder, key }) => (key === 'file' ? [holder[key]] : []));
}

/** The texts that tell which event it is. */
function events(payload: object): unknown {
  return Object.entries(payload).filter(([name]) => /event|action|hookName/i.test(name));
}

function damaged(payload: unknown, { how, at, value, name }: Damage): unknown {
  if (payload === undefined) return undefined;
  if (how === 'cut' || how === 'flip') return reparsed(payload, how, at);
  const places = placesBelow(payload);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return payload;
  const { holder, key } = place;
  const own = holder[key];
  if (Array.isArray(holder) && (how === 'drop' || how === 'rename')) holder.splice(Number(key), 1);
  else if (how === 'drop') delete holder[key];
  else if (how === 'replace') holder[key] = value;
  else if (how === 'wrap') holder[key] = [own];
  else if (how === 'text') holder[key] = JSON.stringify(own);
  else if (how === 'add') define(holder, name, value);
  else {
    delete holder[key];
    define(holder, name, own);
  }
  return payload;
}

/** As `JSON.parse` would: a name of the language becomes a name in the payload. */
function define(holder: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
}

function reparsed(payload: unknown, how: 'cut' | 'flip', at: number): unknown {
  const text = JSON.stringify(payload) ?? '';
  const where = at % Math.max(1, text.length);
  const changed =
    how === 'cut'
      ? text.slice(0, where)
      : text.slice(0, where) + String.fromCharCode(text.charCodeAt(where) ^ 1) + text.slice(where + 1);
  try {
    return JSON.parse(changed);
  } catch {
    return undefined;
  }
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesBelow(payload: unknown): readonly Place[] {
  const places: Place[] = [];
  const open: unknown[] = [payload];
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

function textsBelow(payload: unknown): readonly string[] {
  return placesBelow({ payload }).flatMap(({ holder, key }) => {
    const value = holder[key];
    return typeof value === 'string' ? [value] : [];
  });
}

function nested(depth: number): unknown {
  let value: unknown = '/workspace/compose.yaml';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { path: value };
  return value;
}
