import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BRIDGE } from '../support/protocol.ts';
import { Bridge } from './bridge.ts';
import { bundleSuites, type Suite } from './bundle.ts';
import { writeTestExtension } from './extensions.ts';
import { Session, type Tally } from './session.ts';
import { makeHome } from './workspace.ts';

/** What a run in a desktop VS Code needs. */
export interface DesktopOptions {
  readonly root: string;
  readonly suites: readonly string[];
  readonly only?: string;
  readonly vsix?: string;
  readonly version: string;
  readonly executable: string;
  readonly cli: readonly string[];
  readonly output: string;
}

/** Runs suites in a desktop VS Code. There is no driver, so what needs one is skipped by the suite side. */
export async function runOnDesktop(options: DesktopOptions): Promise<Tally> {
  const total: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of await bundleSuites(options.root, options.suites)) {
    console.log(`${suite.name} on desktop VS Code ${options.version}`);
    const tally = await runSuite(suite, options);
    for (const kind of ['passed', 'failed', 'skipped'] as const) total[kind] += tally[kind];
  }
  return total;
}

async function runSuite(suite: Suite, options: DesktopOptions): Promise<Tally> {
  const obstacle = obstacleTo(suite, options);
  if (obstacle !== undefined) {
    console.log(`  - skipped: ${obstacle}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const home = makeHome(suite.fixture, 'dark');
  const extension = join(home.root, 'suites');
  writeTestExtension(extension, suite);
  const folders = ['--user-data-dir', join(home.root, 'data'), '--extensions-dir', home.extensions];
  mkdirSync(home.extensions, { recursive: true });
  if (options.vsix && suite.fixture.extension !== 'absent') install(options.cli, folders, options.vsix);
  const bridge = new Bridge();
  const env = { ...process.env, ...suite.fixture.env, [BRIDGE]: await bridge.listen() };
  const session = sessionOf(suite, options, bridge);
  session.expect();
  const flags = ['--disable-workspace-trust', '--no-sandbox', '--disable-gpu', '--skip-welcome', '--wait'];
  const loaded = [`--extensionDevelopmentPath=${extension}`, home.workspace];
  const editor = spawn(options.executable, [...flags, ...folders, ...loaded], { env, stdio: 'ignore' });
  try {
    await session.over();
  } finally {
    editor.kill();
    bridge.close();
    rmSync(home.root, { recursive: true, force: true, maxRetries: 5 });
  }
  return session.tally;
}

function obstacleTo({ fixture }: Suite, { vsix }: DesktopOptions): string | undefined {
  if (fixture.copilot) return 'the desktop VS Code has no Copilot enabled; run.mjs has';
  if (fixture.extension === 'required' && vsix === undefined) return 'it needs a VSIX (--vsix PATH)';
  return undefined;
}

function install([cli = '', ...flags]: readonly string[], folders: readonly string[], vsix: string): void {
  execFileSync(cli, [...flags, ...folders, '--install-extension', vsix], { stdio: 'pipe' });
}

function sessionOf(suite: Suite, { only, output }: DesktopOptions, bridge: Bridge): Session {
  const lines: string[] = [];
  mkdirSync(output, { recursive: true });
  return new Session(bridge, {
    suite: suite.name,
    ...(only === undefined ? {} : { only }),
    reload: () => Promise.reject(new Error('only a browser window can be reloaded from outside')),
    print: (line) => console.log(line),
    record: (what) => {
      lines.push(JSON.stringify(what));
      writeFileSync(join(output, `${suite.name}-desktop.jsonl`), lines.join('\n'));
    },
  });
}
