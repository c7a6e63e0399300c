import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '../setup/chromium.mjs';
import { codeServer, VERSIONS } from '../setup/codeServer.mjs';
import { CACHE } from '../setup/step.mjs';
import { bundleRunner, tallyLine, vsixOf } from './bootstrap.mjs';

const HELP = `Runs suites in a real VS Code.

  node test/vscode/run.mjs [--suite NAME]... [--vscode VERSION|all] [--reason present|hidden|both] [--everywhere]
                           [--at-once N] [--vsix PATH|none] [--only TEXT] [--theme dark|light] [--size 1280x800]
                           [--keep]

Every suite runs when none is named. \`--everywhere\` runs what \`npm test\` does: the newest VS Code with and without the
reasons of changes, and the oldest without. The VSIX under test is the newest one in this folder or dist/.
Pictures, reports and logs are left in .test-build/vscode/output/.`;

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** With and without what only code-server tells about a change, and on the oldest VS Code that the manifest admits. */
const [newest, oldest] = Object.keys(VERSIONS);
const everywhere = [
  { version: newest, reason: 'present' },
  { version: newest, reason: 'hidden' },
  { version: oldest, reason: 'hidden' },
];

for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => process.exit(130));

process.exitCode = await main().catch((error) => say(`✗ ${error.message}`, 1));

async function main() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string', multiple: true },
      vscode: { type: 'string', default: Object.keys(VERSIONS)[0] },
      reason: { type: 'string', default: 'hidden' },
      everywhere: { type: 'boolean', default: false },
      'at-once': { type: 'string', default: '1' },
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
  const started = Date.now();
  const setUps = values.everywhere ? everywhere : setUpsOf(values);
  const options = optionsOf(values, runner);
  const versions = [...new Set(setUps.map(({ version }) => version))];
  const editors = new Map(
    await Promise.all(versions.map(async (version) => [version, await codeServer(version)])),
  );
  const tally = await runner.run({
    ...options,
    browser: browser.path,
    setUps: setUps.map(({ version, reason }) => ({ editor: editors.get(version), reason })),
  });
  return tallyLine(tally, started);
}

function setUpsOf({ vscode, reason }) {
  const versions = vscode === 'all' ? Object.keys(VERSIONS) : [vscode];
  const reasons = reason === 'both' ? ['present', 'hidden'] : [reason];
  return versions.flatMap((version) => reasons.map((reason) => ({ version, reason })));
}

function optionsOf(values, runner) {
  const [width, height] = values.size.split('x').map(Number);
  const known = runner.listSuites(ROOT);
  const unknown = (values.suite ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`No suite ${unknown}; there are ${known.join(', ')}.`);
  return {
    root: ROOT,
    suites: values.suite ?? known,
    atOnce: Number(values['at-once']),
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
