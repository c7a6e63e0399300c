import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Data, normalForm } from './normal.ts';

/** A text of a Compose file and what lies around it. */
export interface Stand {
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** A folder on disk where the files around it are, instead of `files`. */
  readonly folder?: string;
}

/** What Compose makes of a text: its normal form, or why it refuses. */
export type Testimony = { readonly model: string } | { readonly refusal: string };

/** The hash of each service, by which Compose tells whether its container is made anew; or why it refuses. */
export type Hashes = { readonly services: ReadonlyMap<string, string> } | { readonly refusal: string };

/** Asks a real Compose. Equal questions are asked once. */
export class Witness {
  readonly #binary: string;
  readonly #base = mkdtempSync(join(tmpdir(), 'infrahold-witness-'));
  readonly #known = new Map<string, Promise<Testimony>>();
  readonly #free: number[] = [0, 1];
  readonly #waiting: ((place: number) => void)[] = [];
  runs = 0;

  constructor(binary: string) {
    this.#binary = binary;
  }

  ask(stand: Stand): Promise<Testimony> {
    const key = JSON.stringify([stand.text, stand.files, stand.env, stand.folder]);
    const known = this.#known.get(key);
    if (known) return known;
    const asked = this.#inTurn((place) => this.#run(stand, place));
    this.#known.set(key, asked);
    return asked;
  }

  /** Both in one folder, because a hash holds the whole path of what is mounted. */
  hashes(before: Stand, after: Stand): Promise<readonly [Hashes, Hashes]> {
    return this.#inTurn(async (place) => [await this.#hash(before, place), await this.#hash(after, place)]);
  }

  /** What Compose makes of the networks and volumes, of which it prints no hash but of which the hash is made. */
  async resources(stand: Stand): Promise<Readonly<Record<string, Data>> | undefined> {
    const asked = this.#inTurn((place) => this.#compose(stand, place, ['config', '--format', 'json']));
    const { code, out } = await asked;
    return code === 0 ? (JSON.parse(out) as Record<string, Data>) : undefined;
  }

  async #hash(stand: Stand, place: number): Promise<Hashes> {
    const { code, out, error } = await this.#compose(stand, place, ['config', '--hash', '*']);
    if (code !== 0) return { refusal: error.trim().split('\n').at(-1) ?? '' };
    const lines = out
      .trim()
      .split('\n')
      .filter((line) => line !== '');
    return { services: new Map(lines.map((line): [string, string] => [line.split(' ')[0] ?? '', line])) };
  }

  close(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }

  /** Two at a time: more only wait for one another. */
  async #inTurn<T>(work: (place: number) => Promise<T>): Promise<T> {
    const place = this.#free.pop() ?? (await new Promise<number>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(place);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(place);
      else this.#free.push(place);
    }
  }

  async #run(stand: Stand, place: number): Promise<Testimony> {
    const command = ['config', '--format', 'json', '--no-path-resolution', '--no-env-resolution'];
    const { code, out, error, folder } = await this.#compose(stand, place, command);
    if (code !== 0) return { refusal: (error.trim().split('\n').at(-1) ?? '').replaceAll(folder, '.') };
    return { model: normalForm(JSON.parse(out.replaceAll(folder, '.')) as Data) };
  }

  async #compose(stand: Stand, place: number, command: readonly string[]) {
    this.runs++;
    const folder = stand.folder ?? join(this.#base, String(place), 'proj');
    if (stand.folder === undefined) layOut(folder, stand);
    const where = stand.folder === undefined ? [] : ['-f', '-', '--project-directory', folder];
    const cwd = stand.folder === undefined ? folder : this.#base;
    return { folder, ...(await this.#output([...where, '--profile', '*', ...command], cwd, stand)) };
  }

  #output(args: string[], cwd: string, { text, env, folder }: Stand) {
    // Files in place have no `.env`; the variables then come the way of the environment.
    const child = spawn(this.#binary, args, {
      cwd,
      env: { HOME: this.#base, ...(folder === undefined ? {} : env) },
    });
    let [out, error] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      error += chunk;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(folder === undefined ? '' : text);
    return new Promise<{ code: number | null; out: string; error: string }>((resolve, reject) => {
      child.on('error', reject).on('close', (code) => resolve({ code, out, error }));
    });
  }
}

function layOut(folder: string, { text, files, env }: Stand): void {
  rmSync(folder, { recursive: true, force: true });
  const variables = Object.entries(env ?? {}).map(([name, value]) => `${name}='${value}'\n`);
  const all = { ...(env && { '.env': variables.join('') }), ...files, 'compose.yaml': text };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
