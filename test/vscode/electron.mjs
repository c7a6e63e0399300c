import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CACHE } from '../setup/step.mjs';
import { bundleRunner, tallyLine, vsixOf } from './bootstrap.mjs';

const HELP = `Runs suites in a desktop VS Code, which is downloaded; for contributors with a display.

  node test/vscode/electron.mjs [--suite NAME]... [--vscode VERSION] [--vsix PATH|none] [--only TEXT]

Tests that need a hand at the window are reported as skipped: those run with run.mjs.`;

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

process.exitCode = await main();

async function main() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string', multiple: true },
      vscode: { type: 'string', default: 'stable' },
      vsix: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const started = Date.now();
  const electron = await import('@vscode/test-electron');
  const executable = await electron.downloadAndUnzipVSCode({ version: values.vscode, cachePath: CACHE });
  const runner = await bundleRunner(ROOT);
  const [cli, ...flags] = electron.resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  const tally = await runner.runOnDesktop({
    root: ROOT,
    suites: values.suite ?? runner.listSuites(ROOT),
    only: values.only,
    vsix: vsixOf(ROOT, values.vsix),
    version: values.vscode,
    executable,
    cli: [cli, ...flags],
    output: join(ROOT, '.test-build', 'vscode', 'output'),
  });
  return tallyLine(tally, started);
}
