import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/main.ts';
import { encodeText } from '../../src/content.ts';
import { openStore } from '../../src/store/open.ts';
import type { Chance } from '../unit/core/mutation/chance.ts';
import { chosen, damagedBytes } from './bytes.ts';
import { damagedValue } from './jsonTexts.ts';
import { fill, type Kind, kindsOf } from './storeKinds.ts';

export interface StoreInput {
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** Whether what takes longer is done as well: what people are shown, one more record, making room. */
  readonly isSlow: boolean;
}

/** Linux has a file system in memory there, on which a hundred thousand damages wait for no disk. */
const memory = '/dev/shm';

/** The state of a folder with one of everything in it, of which one file at a time is damaged. */
export class StorePlace {
  readonly #base = realpathSync(mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'infrahold-fuzz-')));
  readonly #root = join(this.#base, 'shop');
  #kinds: ReadonlyMap<string, Kind> = new Map();
  #original: ReadonlyMap<string, Uint8Array> = new Map();

  static async open(): Promise<StorePlace> {
    const place = new StorePlace();
    mkdirSync(place.#root);
    // Where the command line looks for the state as well.
    process.env.INFRAHOLD_STATE_HOME = join(place.#base, 'state');
    const store = await openStore(place.#root, {
      bounds: { megabytes: 1e-9, versions: 1, auditMegabytes: 20 },
    });
    await fill(store);
    place.#kinds = new Map(Object.entries(kindsOf(store)));
    const files = readdirSync(place.#base, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    place.#original = new Map(
      files.map((entry) => join(entry.parentPath, entry.name)).map((file) => [file, readFileSync(file)]),
    );
    return place;
  }

  input(chance: Chance): StoreInput {
    const kind = chosen([...this.#kinds.keys()], chance);
    let bytes = this.#kinds.get(kind)?.original ?? new Uint8Array();
    const other = chosen([...this.#kinds.values()], chance).original;
    for (let count = chosen([1, 1, 2, 3], chance); count > 0; count--)
      bytes = chance.below(3) === 0 ? damagedBytes(bytes, chance, other) : damagedJson(bytes, chance);
    return { kind, bytes, isSlow: chance.below(25) === 0 };
  }

  async check({ kind, bytes, isSlow }: StoreInput): Promise<string> {
    const damaged = this.#kinds.get(kind);
    assert.ok(damaged !== undefined);
    const { file, check } = damaged;
    writeFileSync(file, bytes);
    try {
      const outcome = await check(bytes, isSlow);
      if (isSlow) await this.#show();
      return `${kind}: ${outcome}`;
    } finally {
      this.#restore(file);
    }
  }

  /** As it was before: what was damaged, and what was written, made or taken away because of it. */
  #restore(damaged: string): void {
    const names = readdirSync(this.#base, { recursive: true, withFileTypes: true });
    for (const entry of names) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && !this.#original.has(file)) rmSync(file);
    }
    for (const [file, content] of this.#original) {
      const isSame = file !== damaged && existsSync(file) && holds(file, content);
      if (!isSame) writeFileSync(file, content);
    }
  }

  /** What the command line says of it is said without an error, and steers no terminal. */
  async #show(): Promise<void> {
    for (const argv of [['log'], ['log', '--verify'], ['restore']]) {
      const chunks: string[] = [];
      const sink = {
        write: (chunk: string | Uint8Array, done: () => void) => {
          chunks.push(String(chunk));
          done();
        },
      };
      const streams = { stdin: nothing(), stdout: sink, stderr: sink };
      const world = {
        cwd: this.#root,
        env: { NO_COLOR: '1' },
        version: () => '0',
        untilStopped: async () => undefined,
      };
      const exit = await run({ argv, ...streams, ...world });
      const said = chunks.join('');
      assert.ok(exit <= 1, `infrahold ${argv.join(' ')} ended with ${exit}: ${said.slice(-500)}`);
      assert.doesNotMatch(said, /[^\P{Cc}\n]/u);
    }
  }

  close(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}

/** What another record leaves as long as it was, the head of the record, is short. */
function holds(file: string, content: Uint8Array): boolean {
  const isLong = content.length > 128;
  return isLong ? statSync(file).size === content.length : readFileSync(file).equals(content);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Each line that is JSON is damaged as a value, and any other as bytes. */
function damagedJson(bytes: Uint8Array, chance: Chance): Uint8Array {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const at = chance.below(lines.length);
  if (lines.length > 2 && chance.below(4) === 0) return encodeText(rearranged(lines, at, chance).join('\n'));
  try {
    lines[at] = JSON.stringify(damagedValue(JSON.parse(lines[at] ?? ''), chance)) ?? '';
    return encodeText(lines.join('\n'));
  } catch {
    return damagedBytes(bytes, chance, bytes);
  }
}

/** Lines taken out, said twice or moved: each is whole in itself. */
function rearranged(lines: readonly string[], at: number, chance: Chance): readonly string[] {
  const [before, line = '', after] = [lines.slice(0, at), lines[at], lines.slice(at + 1)];
  return chosen(
    [
      [...before, ...after],
      [...before, line, line, ...after],
      [line, ...before, ...after],
    ],
    chance,
  );
}
