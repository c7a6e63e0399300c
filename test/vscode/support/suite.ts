import { ask } from './bridge.ts';
import type { Assignment, Outcome, Report } from './protocol.ts';

/** Thrown by a test that cannot be run here. */
export class Skip extends Error {}

/** Handed to each test. */
export interface Context {
  /** 1 the first time the test runs, one more after each restart it asked for. */
  readonly visit: number;
  /** What the test wanted remembered across the restart. */
  readonly memory: unknown;
  /** Prints a line below the test. */
  note(text: string): Promise<void>;
  /** Reloads the window; the test is run again from its start, with `visit` one higher. */
  reload(memory?: unknown): Promise<never>;
  /** Announces that this extension host is about to end; then the test ends it. */
  expectRestart(memory?: unknown): Promise<void>;
}

type Body = (context: Context) => Promise<void> | void;

interface Test {
  readonly name: string;
  readonly body: Body;
  readonly timeout: number;
}

const tests: Test[] = [];

/** Declares a test. Its name states, as a sentence, the behaviour that it proves. */
export function test(name: string, body: Body, options: { timeout?: number } = {}): void {
  tests.push({ name, body, timeout: options.timeout ?? 60_000 });
}

/** Runs the declared tests one after another and reports each as it ends. */
export async function runTests(assignment: Assignment & { role: 'run' }): Promise<void> {
  const { only, among, done, resume } = assignment;
  const chosen = tests.filter(
    ({ name }) =>
      (only === undefined || name.includes(only)) &&
      (among === undefined || among.some((beginning) => name.startsWith(beginning))),
  );
  for (const each of chosen) {
    if (done.includes(each.name)) continue;
    const resumed = resume?.test === each.name ? resume : undefined;
    await runOne(each, resumed?.visit ?? 1, resumed?.memory);
  }
}

/** The names of the tests that the suite declared. */
export const declaredTests = (): readonly string[] => tests.map(({ name }) => name);

async function runOne({ name, body, timeout }: Test, visit: number, memory: unknown): Promise<void> {
  const started = Date.now();
  await report({ kind: 'running', name, timeout });
  const outcome = await within(
    timeout,
    Promise.resolve().then(() => body(contextOf(name, visit, memory))),
  );
  await report({ kind: 'test', name, seconds: (Date.now() - started) / 1000, outcome });
}

function contextOf(test: string, visit: number, memory: unknown): Context {
  return {
    visit,
    memory,
    note: (text) => report({ kind: 'note', text }),
    expectRestart: (kept) => report({ kind: 'restart', test, memory: kept, how: 'expected' }),
    reload: async (kept) => {
      await report({ kind: 'restart', test, memory: kept, how: 'reload' });
      return new Promise<never>(() => {});
    },
  };
}

async function within(timeout: number, work: Promise<void>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not done after ${timeout / 1000} seconds`)), timeout);
  });
  try {
    await Promise.race([work, late]);
    return { kind: 'passed' };
  } catch (error) {
    if (error instanceof Skip) return { kind: 'skipped', reason: error.message };
    return { kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Tells the runner something. */
export const report = (what: Report): Promise<void> => ask('/report', what);
