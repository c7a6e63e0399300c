import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from './errors.ts';
import { isAlive } from './processes.ts';
import { sha256 } from './sha256.ts';

/** The answer to a question that several processes may be asked at once. */
export interface Answers {
  /**
   * Works the answer out, or gives the one that another process has found for the same question less than `fresh`
   * milliseconds ago. While another is at work its answer is waited for.
   */
  once<T>(question: string, fresh: number, work: () => Promise<T>): Promise<T>;
}

export function openAnswers(directory: string): Answers {
  return {
    once: async (question, fresh, work) => {
      const file = join(directory, `${sha256(question)}.json`);
      for (;;) {
        if (claim(file)) return await answerIn(directory, file, work);
        const known = look(file);
        // Only answers that this program wrote are in there, each for its own kind of question.
        if (known?.kind === 'answer' && known.age <= fresh) return JSON.parse(known.text);
        if (known?.kind === 'given-up' || known?.kind === 'answer') rmSync(file, { force: true });
        else await delay(lookAgain);
      }
    },
  };
}

const lookAgain = 10;
/** Longer than any hook may take, so that a claim this old was left by a process whose number another one has now. */
const longestWork = 120_000;
/** Nobody asks again after this. */
const kept = 120_000;

function claim(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      writeFileSync(descriptor, `${process.pid}`);
    } finally {
      closeSync(descriptor);
    }
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Without an answer the claim goes as well: who waits for it works it out. */
async function answerIn<T>(directory: string, file: string, work: () => Promise<T>): Promise<T> {
  try {
    const answer = await work();
    const written = `${file}.${process.pid}.tmp`;
    writeFileSync(written, `=${JSON.stringify(answer)}`, { mode: 0o600 });
    renameSync(written, file);
    sweep(directory);
    return answer;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

type Known =
  | { readonly kind: 'answer'; readonly text: string; readonly age: number }
  | { readonly kind: 'at-work' }
  | { readonly kind: 'given-up' };

function look(file: string): Known | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const age = Date.now() - statSync(file).mtimeMs;
    if (text.startsWith('=')) return answerIs(text.slice(1), age);
    // Between its making and its first byte a claim is empty.
    const isLeft = age > longestWork || (text === '' ? age > 1_000 : !isAlive(Number(text)));
    return { kind: isLeft ? 'given-up' : 'at-work' };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** One that is damaged is none, and is worked out anew. */
function answerIs(text: string, age: number): Known {
  try {
    JSON.parse(text);
    return { kind: 'answer', text, age };
  } catch {
    return { kind: 'given-up' };
  }
}

function sweep(directory: string): void {
  const names = readdirSync(directory);
  if (names.length < mostFiles) return;
  for (const name of names) {
    const file = join(directory, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && Date.now() - stats.mtimeMs > kept) rmSync(file, { force: true });
  }
}

const mostFiles = 32;
