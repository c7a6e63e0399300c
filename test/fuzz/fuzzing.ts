import { parentPort, Worker, workerData } from 'node:worker_threads';
import { openTargets } from './targets.ts';

export interface Fuzzing {
  readonly inputs: number;
  readonly seed: number;
}

export interface Findings {
  /** How many inputs came to what, by target. */
  readonly counts: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly number: number;
  readonly message: string;
}

/** An input takes a millisecond. One that takes this long does not come to an end. */
const longest = 30_000;
/** More tell no more. */
const mostFailures = 20;
const workers = 2;

/**
 * Tries all inputs, in threads of their own: one that hangs is stopped, and named. `program` is the bundle that calls
 * `work` where it is loaded as a thread.
 */
export async function fuzz(program: string, { inputs, seed }: Fuzzing): Promise<Findings> {
  const counts = new Map<string, number>();
  const failures: Failure[] = [];
  await Promise.all(
    Array.from({ length: workers }, (_, part) => runPart(program, { inputs, seed, part }, counts, failures)),
  );
  return { counts, failures };
}

interface Part extends Fuzzing {
  readonly part: number;
}

interface Started extends Part {
  /** The number that is being tried. */
  readonly now: Int32Array;
}

function runPart(
  program: string,
  part: Part,
  counts: Map<string, number>,
  failures: Failure[],
): Promise<void> {
  const now = new Int32Array(new SharedArrayBuffer(4));
  const started: Started = { ...part, now };
  const worker = new Worker(program, { workerData: started });
  return new Promise((resolve) => {
    let last = -1;
    const watch = setInterval(() => {
      const number = Atomics.load(now, 0);
      if (number === last) {
        failures.push({ number, message: `it took more than ${longest / 1000} s` });
        void worker.terminate();
      }
      last = number;
    }, longest);
    worker.on('message', (message: Failure | ReadonlyMap<string, number>) => {
      if ('message' in message) failures.push(message);
      else for (const [name, count] of message) counts.set(name, (counts.get(name) ?? 0) + count);
    });
    worker.on('error', (error) =>
      failures.push({ number: Atomics.load(now, 0), message: `the thread ended: ${error}` }),
    );
    worker.on('exit', () => {
      clearInterval(watch);
      resolve();
    });
  });
}

/** Tries one part of the inputs, every other hundred. */
export async function work(): Promise<void> {
  const { inputs, seed, part, now } = workerData as Started;
  const targets = await openTargets();
  const counts = new Map<string, number>();
  let failed = 0;
  for (let number = 0; number < inputs && failed < mostFailures; number++) {
    if (Math.floor(number / 100) % workers !== part) continue;
    Atomics.store(now, 0, number);
    const { target, check } = targets.tryAt(seed, number);
    try {
      const name = `${target}: ${await check()}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    } catch (error) {
      failed++;
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ number, message } satisfies Failure);
    }
  }
  targets.close();
  parentPort?.postMessage(counts);
}

/** One line for each target: how many inputs, and what they came to. */
export function totalsOf(counts: ReadonlyMap<string, number>): readonly string[] {
  const targets = new Map<string, [string, number][]>();
  for (const [name, count] of counts) {
    const [target = '', ...outcome] = name.split(': ');
    targets.set(target, [...(targets.get(target) ?? []), [outcome.join(': '), count]]);
  }
  return [...targets].map(([target, outcomes]) => {
    const sum = outcomes.reduce((all, [, count]) => all + count, 0);
    const said = outcomes
      .sort(([, one], [, other]) => other - one)
      .map(([outcome, count]) => `${count} ${outcome}`);
    return `${target} ${sum} (${said.join(', ')})`;
  });
}
