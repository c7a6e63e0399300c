import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shared, sharedJson, sharedText } from '../unit/core/model/shared.ts';
import { attributes } from './attributes.ts';
import { generated } from './generate.ts';
import type { Stand } from './witness.ts';

/** Two stands to compare, in each of the environments. */
export interface Pair {
  readonly id: string;
  readonly before: Stand;
  readonly after: Stand;
  readonly envs: readonly Readonly<Record<string, string>>[];
  /** What a case says of the two; absent where nobody says anything. */
  readonly equal?: boolean;
}

interface Case {
  readonly id: string;
  readonly equal: boolean;
  readonly before: string;
  readonly after: string;
  readonly context?: {
    readonly files?: Readonly<Record<string, string>>;
    readonly env?: readonly Readonly<Record<string, string>>[];
    readonly overrideBefore?: string;
    readonly overrideAfter?: string;
  };
}

/** The cases that came with their answer. */
export function casePairs(): Pair[] {
  const given = shared === undefined ? [] : sharedJson<readonly Case[]>('compose/equivalence.json');
  return given.map(({ id, equal, before, after, context }: Case) => {
    const { files = {}, env = [{}], overrideBefore, overrideAfter } = context ?? {};
    const stand = (text: string, override?: string): Stand => ({
      text,
      files: { ...files, ...(override !== undefined && { 'compose.override.yaml': override }) },
    });
    return {
      id,
      equal,
      before: stand(before, overrideBefore),
      after: stand(after, overrideAfter),
      envs: env,
    };
  });
}

/** A service without and with each attribute, and with each form of it in place of each other. */
export function attributePairs(): Pair[] {
  const written = (key?: string, value?: unknown): Stand => ({
    text: JSON.stringify({ services: { app: { image: 'nginx', ...(key && { [key]: value }) } } }),
  });
  return attributes.flatMap(([key, value], index) => {
    const earlier = attributes.slice(0, index).filter(([other]) => other === key);
    const befores = [written(), ...earlier.map(([, other]) => written(key, other))];
    return befores.map((before) => ({
      id: `${before.text} and ${JSON.stringify(value)}`,
      before,
      after: written(key, value),
      envs: [{}],
    }));
  });
}

/** Real edits. */
export function historyPairs(): Pair[] {
  if (shared === undefined) return [];
  const names = readdirSync(join(shared, 'compose/history')).filter((name) => /^\d+$/.test(name));
  return names.map((name) => {
    const [before, after] = ['before', 'after'].map((side) =>
      sharedText(`compose/history/${name}/${side}.yml`),
    );
    return pairOf(`history ${name}`, before ?? '', after ?? '');
  });
}

/** Real files, each where it lies. */
export function realFiles(): { readonly id: string; readonly stand: Stand }[] {
  if (shared === undefined) return [];
  const root = shared;
  return sharedJson<readonly { repo: string; path: string }[]>('corpus/index.json').map(({ repo, path }) => ({
    id: `${repo}/${path}`,
    stand: {
      text: sharedText(join('corpus', repo, path)),
      folder: dirname(join(root, 'corpus', repo, path)),
    },
  }));
}

/** Rewrites of real files, most of which mean the same and some of which do not. */
export function* generatedPairs(seed: number, each: number): Generator<Pair> {
  for (const { id, stand } of realFiles()) {
    for (const [kind, text] of generated(stand.text, `${seed} ${id}`, each)) {
      yield pairOf(`${kind} in ${id}`, stand.text, text, stand.folder);
    }
  }
}

function pairOf(id: string, before: string, after: string, folder?: string): Pair {
  const place = folder === undefined ? {} : { folder };
  return {
    id,
    before: { text: before, ...place },
    after: { text: after, ...place },
    envs: environments(before + after),
  };
}

/** Without any variable, and with all of them. */
export function environments(text: string): Readonly<Record<string, string>>[] {
  const names = new Set([...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name));
  if (names.size === 0) return [{}];
  return [{}, Object.fromEntries([...names].map((name, index) => [name, String(80 + index)]))];
}
