import { join } from 'node:path';
import type { InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { shared, sharedJson, sharedText } from '../model/shared.ts';
import { type Chance, chanceFrom } from './chance.ts';

export { shared, skipped } from '../model/shared.ts';

/** `INFRAHOLD_SWEEP=all` tries every place of every file; otherwise a sample that `INFRAHOLD_SEED` chooses. */
export const everything = process.env.INFRAHOLD_SWEEP === 'all';
export const seed = Number(process.env.INFRAHOLD_SEED ?? 1);

export interface RealFile {
  readonly name: string;
  readonly text: string;
  readonly document: InfraDocument;
  /** The same for this file in every run with the same seed. */
  readonly chance: Chance;
}

/** Real files that can be read. */
export function* realFiles(most = Number.POSITIVE_INFINITY): Generator<RealFile> {
  if (shared === undefined) return;
  const listed = sharedJson<readonly { readonly repo: string; readonly path: string }[]>('corpus/index.json');
  const chosen = everything ? listed : chanceFrom(seed).sample(listed, most);
  for (const { repo, path } of chosen) {
    const text = sharedText(join('corpus', repo, path));
    const document = readDocument('compose', text);
    const name = `${repo}/${path}`;
    if (document.problems.length === 0) yield { name, text, document, chance: chanceFrom(seed, name) };
  }
}
