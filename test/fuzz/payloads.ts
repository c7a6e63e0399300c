import assert from 'node:assert/strict';
import { type Announced, runHook } from '../../src/cli/hook.ts';
import { type Shape, shapes } from '../protocol/shapes.ts';
import type { Action } from '../protocol/toolsOfHosts.ts';
import type { Chance } from '../unit/core/mutation/chance.ts';
import { chosen, damagedBytes } from './bytes.ts';
import { damagedValue, placesBelow } from './jsonTexts.ts';

export interface PayloadInput {
  readonly start: Start;
  readonly bytes: Uint8Array;
}

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

/** What every host sends before each of its tools writes our file. */
const starts: readonly Start[] = shapes.flatMap((shape) =>
  writing.flatMap((action) => {
    const call = shape.call(action);
    return call === undefined ? [] : [{ shape, tool: call.tool, payload: shape.before(call, '/workspace') }];
  }),
);

export function payloadInput(chance: Chance): PayloadInput {
  const start = chosen(starts, chance);
  let value: unknown = structuredClone(start.payload);
  for (let count = chance.below(4); count > 0; count--) value = damagedValue(value, chance);
  const bytes = Buffer.from(JSON.stringify(value) ?? '');
  if (chance.below(4) > 0) return { start, bytes };
  return {
    start,
    bytes: damagedBytes(bytes, chance, Buffer.from(JSON.stringify(chosen(starts, chance).payload))),
  };
}

/**
 * Gives the bytes to the hook as its host would. Nothing makes it throw, what is no JSON is refused, and a payload that
 * still names a writing tool and our file never passes as being about something else.
 */
export async function payloadCheck({ start, bytes }: PayloadInput): Promise<string> {
  const { shape, tool, payload } = start;
  let announced: Announced | undefined;
  let said = '';
  const sink = {
    write: (chunk: string | Uint8Array, done: () => void) => {
      said += chunk;
      done();
    },
  };
  const streams = { stdin: once(bytes), stdout: sink, stderr: sink };
  const world = {
    argv: [],
    cwd: '/workspace',
    env: {},
    version: () => '0',
    untilStopped: async () => undefined,
  };
  const exit = await runHook({ ...world, ...streams }, [shape.host], async () => async (call) => {
    announced = call.announced;
    return { say: 'pass' };
  });
  const isRefused = exit !== 0 || said !== '';
  const value = valueIn(bytes);
  if (value === undefined) assert.ok(isRefused, 'what is no JSON passes');
  if (isRefused) return value === undefined ? 'refused as no JSON' : 'refused';
  if (announced?.kind === 'edits') return 'held';
  // What a text means that stands under another name than it had, nobody can tell.
  const names = namesOf(payload, path);
  const isNamed = namesOf(value, path).some((name) => names.includes(name));
  const texts = textsBelow(value);
  const isSame = [tool, ...textsBelow(events(payload))].every((text) => texts.includes(text));
  assert.ok(!isNamed || !isSame, `${shape.host} lets this pass as ${announced?.kind}`);
  return 'of something else';
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function valueIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The names under which a text stands. */
function namesOf(payload: unknown, text: string): readonly string[] {
  return placesBelow({ payload }).flatMap(({ holder, key }) => (holder[key] === text ? [key] : []));
}

/** The texts that tell which event it is. */
function events(payload: object): unknown {
  return Object.entries(payload).filter(([name]) => /event|action|hookName/i.test(name));
}

function textsBelow(payload: unknown): readonly string[] {
  return placesBelow({ payload }).flatMap(({ holder, key }) => {
    const value = holder[key];
    return typeof value === 'string' ? [value] : [];
  });
}
