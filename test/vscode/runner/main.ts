import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BRIDGE, type Fixture } from '../support/protocol.ts';
import { Bridge } from './bridge.ts';
import { bundleSuites, type Suite } from './bundle.ts';
import { enableCopilot, hasCopilot } from './copilot.ts';
import { fillExtensions } from './extensions.ts';
import { type Editor, VsCodeServer } from './server.ts';
import { Session, type Tally } from './session.ts';
import { Windows } from './window.ts';
import { type Home, makeHome, type Theme } from './workspace.ts';

export { listSuites } from './bundle.ts';
export { runOnDesktop } from './desktop.ts';

export interface Options {
  readonly root: string;
  readonly suites: readonly string[];
  readonly editor: Editor;
  readonly browser: string;
  readonly vsix?: string;
  readonly only?: string;
  /** Whether change events carry their reason, as with every proposed API on, or do not, as on stable VS Code. */
  readonly reason: 'present' | 'hidden';
  readonly theme: Theme;
  readonly size: { readonly width: number; readonly height: number };
  /** Keep the temporary folders of the run. */
  readonly keep: boolean;
  readonly output: string;
  readonly cache: string;
}

// Every browser that a suite opens listens for the end of this process.
process.setMaxListeners(100);

const print = (line: string): void => console.log(line);

/** Runs suites in a real VS Code, each in one of its own, and answers how many tests did what. */
export async function run(options: Options): Promise<Tally> {
  const total: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of await bundleSuites(options.root, options.suites)) {
    const tally = await runSuite(suite, options);
    for (const kind of ['passed', 'failed', 'skipped'] as const) total[kind] += tally[kind];
  }
  return total;
}

async function runSuite(suite: Suite, options: Options): Promise<Tally> {
  const { editor, reason } = options;
  print(`${suite.name} on VS Code ${editor.version}, change reasons ${reason}`);
  const obstacle = obstacleTo(suite.fixture, options);
  if (obstacle !== undefined) {
    print(`  - skipped: ${obstacle}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const started = Date.now();
  const first = await inEditor(suite, options);
  // A slow machine can make a window late; what fails twice, each time in a VS Code of its own, is no such thing.
  if (first.failed > 0) print(`  ${first.failed} failed: once more in a fresh VS Code`);
  const tally = first.failed > 0 ? await inEditor(suite, options) : first;
  print(`  ${((Date.now() - started) / 1000).toFixed(1)} s with start and stop of VS Code`);
  return tally;
}

function obstacleTo(
  { extension, versions, reason }: Fixture,
  { vsix, editor, ...options }: Options,
): string | undefined {
  if (extension === 'required' && vsix === undefined)
    return 'it needs a VSIX (npm run package, or --vsix PATH)';
  if (versions !== undefined && !versions.includes(editor.version))
    return `it needs VS Code ${versions.join(', ')}`;
  if (reason !== undefined && reason !== options.reason) return `it is enough with change reasons ${reason}`;
  return undefined;
}

async function inEditor(suite: Suite, options: Options): Promise<Tally> {
  const { editor, cache, browser, size } = options;
  const output = join(options.output, `${suite.name}-${editor.version}-${options.reason}`);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const home = makeHome(suite.fixture, options.theme);
  fillExtensions(
    home.extensions,
    suite,
    editor,
    cache,
    suite.fixture.extension === 'absent' ? undefined : options.vsix,
  );
  const bridge = new Bridge();
  const env = environmentOf(suite.fixture, home, options, await bridge.listen());
  const server = await VsCodeServer.start(editor, { home: home.root, extensions: home.extensions, env });
  let windows: Windows | undefined;
  try {
    windows = await Windows.launch({ browser, url: server.url, folder: home.workspace, output, size });
    const session = sessionOf(suite, options, bridge, windows, output);
    // The extension host may ask for its work before the window is drawn.
    session.expect();
    await windows.open();
    await session.over();
    return session.tally;
  } finally {
    await windows?.close();
    await server.stop();
    bridge.close();
    writeFileSync(join(output, 'server.log'), server.log);
    if (options.keep) print(`  kept ${home.root}`);
    else rmSync(home.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function sessionOf(
  suite: Suite,
  { only }: Options,
  bridge: Bridge,
  windows: Windows,
  output: string,
): Session {
  const driver = windows.driver();
  const reload = () => windows.reload();
  return new Session(bridge, {
    suite: suite.name,
    ...(only === undefined ? {} : { only }),
    driver,
    reload,
    prepare: ({ extensions }) =>
      suite.fixture.copilot && !hasCopilot(extensions) ? () => enableCopilot(driver, reload) : undefined,
    print,
    record: (what) => appendFileSync(join(output, 'report.jsonl'), `${JSON.stringify(what)}\n`),
  });
}

function environmentOf(
  fixture: Fixture,
  home: Home,
  options: Options,
  bridge: string,
): Record<string, string> {
  return {
    ...fixture.env,
    [BRIDGE]: bridge,
    // What the person's programs keep in their home folder must not come from, or end in, the real one.
    HOME: home.root,
    XDG_STATE_HOME: join(home.root, 'state'),
    XDG_CONFIG_HOME: join(home.root, 'config'),
    ...(options.reason === 'hidden' ? { INFRAHOLD_STABLE_API: '1' } : {}),
  };
}
