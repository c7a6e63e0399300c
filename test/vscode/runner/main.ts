import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { BRIDGE, type Fixture } from '../support/protocol.ts';
import { Bridge } from './bridge.ts';
import { type KeptBrowser, keptBrowser } from './browser.ts';
import { bundleSuites, type Suite } from './bundle.ts';
import { enableCopilot, hasCopilot } from './copilot.ts';
import { fillExtensions, installed } from './extensions.ts';
import { type Editor, VsCodeServer } from './server.ts';
import { Session, type Tally } from './session.ts';
import { Windows } from './window.ts';
import { type Home, makeHome, type Theme } from './workspace.ts';

export { listSuites } from './bundle.ts';
export { runOnDesktop } from './desktop.ts';

/** A VS Code, and whether change events carry their reason in it, as with every proposed API on, or as on stable. */
export interface SetUp {
  readonly editor: Editor;
  readonly reason: 'present' | 'hidden';
}

export interface Options {
  readonly root: string;
  readonly suites: readonly string[];
  readonly setUps: readonly SetUp[];
  /** How many VS Codes may run beside each other. */
  readonly atOnce: number;
  readonly browser: string;
  readonly vsix?: string;
  readonly only?: string;
  readonly theme: Theme;
  readonly size: { readonly width: number; readonly height: number };
  /** Keep the temporary folders of the run. */
  readonly keep: boolean;
  readonly output: string;
  readonly cache: string;
}

/** One suite on one set-up. */
interface Job extends SetUp, Omit<Options, 'setUps' | 'browser'> {
  readonly suite: Suite;
  readonly browser: KeptBrowser;
  readonly print: (line: string) => void;
}

/** The heading under which every kind of tests says what has failed. `npm test` repeats it at its end. */
const FAILED = 'Failed tests:';

// Every browser and every server listens for the end of this process.
process.setMaxListeners(100);

/** More suites than this do not fail because the machine is slow. */
const TRIED_AGAIN = 5;

/**
 * Runs suites in a real VS Code, each in one of its own, and answers how many tests did what. A busy machine can make a
 * window late: what failed runs once more when nothing runs beside it, and only what fails then as well has failed.
 */
export async function run({ setUps, browser: program, ...options }: Options): Promise<Tally> {
  const suites = await bundleSuites(options.root, options.suites);
  const { atOnce, cache, vsix } = options;
  // First of all, since every lane stands still while VS Code installs the extension.
  if (vsix !== undefined) for (const { editor } of setUps) installed(editor, cache, vsix);
  const jobs = setUps.flatMap((setUp) => suites.map((suite) => ({ ...options, ...setUp, suite })));
  // What takes longest comes first, so that no lane ends long before another.
  if (atOnce > 1) jobs.sort((one, other) => weightOf(other.suite) - weightOf(one.suite));
  const results = await inLanes(jobs, atOnce, program);
  const late = results.filter(({ tally }) => tally.failed > 0);
  if (late.length > TRIED_AGAIN) return summary(results);
  for (const { job } of late) console.log(`${titleOf(job)}: failed, and will run once more, alone`);
  const again = await inLanes(
    late.map(({ job }) => job),
    1,
    program,
  );
  return summary([...results.filter((result) => !late.includes(result)), ...again]);
}

type Waiting = Omit<Job, 'browser' | 'print'>;

interface Result {
  readonly job: Waiting;
  readonly tally: Tally;
  readonly lines: readonly string[];
}

async function inLanes(jobs: readonly Waiting[], atOnce: number, program: string): Promise<Result[]> {
  const waiting = [...jobs];
  const results: Result[] = [];
  const work = async (lane: number): Promise<void> => {
    const browser = keptBrowser(program);
    while (waiting.length > 0) {
      if (isTooBusyFor(lane)) {
        await new Promise((done) => setTimeout(done, 2_000));
        continue;
      }
      const job = waiting.shift();
      if (job === undefined) continue;
      const result = await runSuite(job, browser);
      results.push(result);
      // What made a suite fail may be the browser.
      if (result.tally.failed > 0) await browser.close();
    }
    await browser.close();
  };
  await Promise.all(Array.from({ length: atOnce }, (_, lane) => work(lane)));
  return results;
}

/** Adds up, and says last of all what has failed and how. */
function summary(results: readonly Result[]): Tally {
  const total: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { tally } of results) {
    for (const kind of ['passed', 'failed', 'skipped'] as const) total[kind] += tally[kind];
  }
  const failed = results.filter(({ tally }) => tally.failed > 0);
  if (failed.length > 0) console.log(['', FAILED, ...failed.flatMap(({ lines }) => lines), ''].join('\n'));
  return total;
}

/** One more VS Code than there are cores only comes to a machine that has time for it. */
function isTooBusyFor(lane: number): boolean {
  const cores = availableParallelism();
  return lane >= cores && (loadavg()[0] ?? 0) > 2 * cores;
}

const weightOf = ({ tests, fixture }: Suite): number =>
  tests.length + Math.min(10, Object.keys(fixture.files ?? {}).length) + (fixture.copilot ? 10 : 0);

/** Where several run beside each other, what a suite prints comes in one piece when it has ended. */
async function runSuite(job: Waiting, browser: KeptBrowser): Promise<Result> {
  const lines: string[] = [];
  const print = (line: string): void => {
    lines.push(line);
    if (job.atOnce === 1) console.log(line);
  };
  const tally = await timed({ ...job, browser, print });
  if (job.atOnce > 1) console.log(lines.join('\n'));
  return { job, tally, lines };
}

const titleOf = ({ suite, editor, reason }: SetUp & { suite: Suite }): string =>
  `${suite.name} on VS Code ${editor.version}, change reasons ${reason}`;

async function timed(job: Job): Promise<Tally> {
  job.print(titleOf(job));
  const obstacle = obstacleTo(job.suite.fixture, job);
  if (obstacle !== undefined) {
    job.print(`  - skipped: ${obstacle}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const started = Date.now();
  const tally = await inEditor(job);
  job.print(`  ${((Date.now() - started) / 1000).toFixed(1)} s with start and stop of VS Code`);
  return tally;
}

function obstacleTo({ extension, versions, reason }: Fixture, job: Job): string | undefined {
  if (extension === 'required' && job.vsix === undefined)
    return 'it needs a VSIX (npm run package, or --vsix PATH)';
  if (versions !== undefined && !versions.includes(job.editor.version))
    return `it runs on VS Code ${versions.join(', ')}`;
  if (reason !== undefined && reason !== job.reason) return `it is enough with change reasons ${reason}`;
  return undefined;
}

/** A VS Code that does not even start is a failure of the suite, and no end of all others. */
async function inEditor(job: Job): Promise<Tally> {
  try {
    return await inFreshEditor(job);
  } catch (error) {
    job.print(`  ✗ ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function inFreshEditor(job: Job): Promise<Tally> {
  const { suite, editor, cache, browser, size } = job;
  const output = join(job.output, `${suite.name}-${editor.version}-${job.reason}`);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const home = makeHome(suite.fixture, job.theme);
  const vsix = suite.fixture.extension === 'absent' ? undefined : job.vsix;
  fillExtensions(home.extensions, suite, editor, cache, vsix);
  const bridge = new Bridge();
  const env = environmentOf(job, home, await bridge.listen());
  let server: VsCodeServer | undefined;
  let windows: Windows | undefined;
  try {
    server = await VsCodeServer.start(editor, { home: home.root, extensions: home.extensions, env });
    windows = new Windows({ browser, url: server.url, folder: home.workspace, output, size });
    const session = sessionOf(job, bridge, windows, output);
    // The extension host may ask for its work before the window is drawn.
    session.expect();
    await windows.open();
    await session.over();
    return session.tally;
  } finally {
    // A browser that has crashed has no window left to close.
    await windows?.close().catch(() => undefined);
    await server?.stop();
    bridge.close();
    writeFileSync(join(output, 'server.log'), server?.log ?? '');
    if (job.keep) job.print(`  kept ${home.root}`);
    else rmSync(home.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function sessionOf(
  { suite, only, reason, print }: Job,
  bridge: Bridge,
  windows: Windows,
  output: string,
): Session {
  const driver = windows.driver();
  const among = reason === 'present' ? suite.fixture.withReasons : undefined;
  const reload = () => windows.reload();
  return new Session(bridge, {
    suite: suite.name,
    ...(only === undefined ? {} : { only }),
    ...(among === undefined ? {} : { among }),
    driver,
    opened: windows.opened,
    reload,
    prepare: ({ extensions }) =>
      suite.fixture.copilot && !hasCopilot(extensions) ? () => enableCopilot(driver, reload) : undefined,
    print,
    record: (what) => appendFileSync(join(output, 'report.jsonl'), `${JSON.stringify(what)}\n`),
  });
}

function environmentOf({ suite, reason }: Job, home: Home, bridge: string): Record<string, string> {
  return {
    ...suite.fixture.env,
    [BRIDGE]: bridge,
    // What the person's programs keep in their home folder must not come from, or end in, the real one.
    HOME: home.root,
    XDG_STATE_HOME: join(home.root, 'state'),
    XDG_CONFIG_HOME: join(home.root, 'config'),
    ...(reason === 'hidden' ? { INFRAHOLD_STABLE_API: '1' } : {}),
  };
}
