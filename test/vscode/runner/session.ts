import type { Assignment, Driver, Report } from '../support/protocol.ts';
import type { Bridge } from './bridge.ts';

/** What came of one suite. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export interface SessionOptions {
  readonly suite: string;
  readonly only?: string;
  readonly among?: readonly string[];
  /** The window's driver; absent where VS Code runs without a browser. */
  readonly driver?: Driver;
  /** Nothing is asked of the driver before this. */
  readonly opened?: Promise<void>;
  readonly reload: () => Promise<void>;
  /** Looks at an extension host that asks for work; what it starts ends in another one asking. */
  readonly prepare?: (host: ExtensionHost) => (() => Promise<void>) | undefined;
  readonly print: (line: string) => void;
  readonly record: (line: unknown) => void;
}

/** Who asks for an assignment. */
export interface ExtensionHost {
  readonly pid: number;
  readonly extensions: readonly string[];
}

const SLACK = 60_000;

/** One suite on its way: hands out the assignment, carries driver calls, counts results, knows when it is over. */
export class Session {
  readonly tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  readonly #options: SessionOptions;
  readonly #done: string[] = [];
  readonly #over: Promise<void>;
  #end: () => void = () => {};
  #expecting = false;
  #visit = 1;
  #resume: (Assignment & { role: 'run' })['resume'];
  #watchdog: NodeJS.Timeout | undefined;

  constructor(bridge: Bridge, options: SessionOptions) {
    this.#options = options;
    this.#over = new Promise((done) => {
      this.#end = done;
    });
    bridge.on('/assignment', async (host) => this.#assign(host as ExtensionHost));
    bridge.on('/drive', (call) => this.#drive(call as { method: keyof Driver; args: unknown[] }));
    bridge.on('/report', (what) => this.#hear(what as Report));
  }

  /** From now on the next extension host that asks runs the suite. */
  expect(patience = SLACK): void {
    this.#expecting = true;
    this.#watch(patience, 'no extension host started the suite');
  }

  /** Ends when the suite has. */
  over(): Promise<void> {
    return this.#over;
  }

  #assign(host: ExtensionHost): Assignment {
    if (!this.#expecting) return { role: 'idle' };
    const preparation = this.#options.prepare?.(host);
    if (preparation !== undefined) {
      void Promise.resolve(this.#options.opened)
        .then(preparation)
        .catch((error) => this.#finish(String(error)));
      return { role: 'idle' };
    }
    this.#expecting = false;
    const { suite, only, among, driver } = this.#options;
    const chosen = {
      ...(only === undefined ? {} : { only }),
      ...(among === undefined ? {} : { among }),
      ...(this.#resume ? { resume: this.#resume } : {}),
    };
    return { role: 'run', suite, hasDriver: driver !== undefined, done: this.#done, ...chosen };
  }

  async #drive({ method, args }: { method: keyof Driver; args: unknown[] }): Promise<{ value: unknown }> {
    const { driver } = this.#options;
    if (driver === undefined) throw new Error('no-browser');
    await this.#options.opened;
    const call = driver[method] as ((...args: unknown[]) => Promise<unknown>) | undefined;
    if (call === undefined) throw new Error(`the driver has no "${method}"`);
    return { value: await call(...args.map((argument) => argument ?? undefined)) };
  }

  async #hear(what: Report): Promise<void> {
    this.#options.record(what);
    switch (what.kind) {
      case 'started':
        return this.#watch(SLACK, 'the suite went silent after its start');
      case 'running':
        return this.#watch(what.timeout + SLACK, `VS Code went silent during "${what.name}"`);
      case 'note':
        return this.#options.print(`      ${what.text.replaceAll('\n', '\n      ')}`);
      case 'test':
        return this.#count(what);
      case 'restart':
        return this.#restart(what);
      case 'finished':
        return this.#finish(what.error);
    }
  }

  async #count({ name, seconds, outcome }: Report & { kind: 'test' }): Promise<void> {
    this.#done.push(name);
    this.#visit = 1;
    this.#resume = undefined;
    this.tally[outcome.kind]++;
    const mark = { passed: '✓', failed: '✗', skipped: '-' }[outcome.kind];
    this.#options.print(`  ${mark} ${name} (${seconds.toFixed(1)} s)`);
    if (outcome.kind === 'skipped') this.#options.print(`      skipped: ${outcome.reason}`);
    if (outcome.kind !== 'failed') return;
    this.#options.print(`      ${outcome.error.replaceAll('\n', '\n      ')}`);
    const picture = await this.#options.driver
      ?.screenshot(`failed-${this.#options.suite}-${this.tally.failed}`)
      .catch(() => undefined);
    if (picture) this.#options.print(`      the window then: ${picture}`);
  }

  #restart({ test, memory, how }: Report & { kind: 'restart' }): void {
    this.#resume = { test, memory, visit: ++this.#visit };
    this.expect();
    if (how === 'reload') void this.#options.reload().catch((error) => this.#finish(String(error)));
  }

  #finish(error?: string): void {
    clearTimeout(this.#watchdog);
    if (error !== undefined) {
      this.tally.failed++;
      this.#options.print(`  ✗ ${error}`);
    }
    this.#end();
  }

  #watch(patience: number, otherwise: string): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#finish(otherwise), patience);
  }
}
