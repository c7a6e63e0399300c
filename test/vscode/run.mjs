import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '../setup/chromium.mjs';
import { codeServer, VERSIONS } from '../setup/codeServer.mjs';
import { CACHE } from '../setup/step.mjs';
import { bundleRunner, tallyLine, vsixOf } from './bootstrap.mjs';

const HELP = `Runs suites in a real VS Code.

  node test/vscode/run.mjs [--suite NAME]... [--vscode VERSION|all] [--reason present|hidden|both]
                           [--vsix PATH|none] [--only TEXT] [--theme dark|light] [--size 1280x800] [--keep]

Every suite runs when none is named. The VSIX under test is the newest one in this folder or dist/.
Pictures, reports and logs are left in .test-build/vscode/output/.`;

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => process.exit(130));

process.exitCode = await main().catch((error) => say(`✗ ${error.message}`, 1));

async function main() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string', multiple: true },
      vscode: { type: 'string', default: Object.keys(VERSIONS)[0] },
      reason: { type: 'string', default: 'hidden' },
      vsix: { type: 'string' },
      only: { type: 'string' },
      theme: { type: 'string', default: 'dark' },
      size: { type: 'string', default: '1280x800' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(HELP, 0);
  const browser = await chromium();
  if (!browser.path)
    return say(`VS Code suites skipped. ${browser.reason}`, process.env.CI === 'true' ? 1 : 0);
  const runner = await bundleRunner(ROOT);
  const total = { passed: 0, failed: 0, skipped: 0 };
  const started = Date.now();
  for (const version of values.vscode === 'all' ? Object.keys(VERSIONS) : [values.vscode]) {
    const editor = await codeServer(version);
    for (const reason of values.reason === 'both' ? ['present', 'hidden'] : [values.reason]) {
      const tally = await runner.run({ ...optionsOf(values, runner), editor, browser: browser.path, reason });
      for (const kind of Object.keys(total)) total[kind] += tally[kind];
    }
  }
  return tallyLine(total, started);
}

function optionsOf(values, runner) {
  const [width, height] = values.size.split('x').map(Number);
  const known = runner.listSuites(ROOT);
  const unknown = (values.suite ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`No suite ${unknown}; there are ${known.join(', ')}.`);
  return {
    root: ROOT,
    suites: values.suite ?? known,
    only: values.only,
    theme: values.theme,
    size: { width, height },
    keep: values.keep,
    vsix: vsixOf(ROOT, values.vsix),
    output: join(ROOT, '.test-build', 'vscode', 'output'),
    cache: CACHE,
  };
}

function say(text, code) {
  console.log(text);
  return code;
}
