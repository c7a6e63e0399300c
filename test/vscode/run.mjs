import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '../setup/chromium.mjs';
import { codeServer, VERSIONS } from '../setup/codeServer.mjs';
import { CACHE } from '../setup/step.mjs';

const HELP = `Runs suites in a real VS Code.

  node test/vscode/run.mjs [--suite NAME]... [--vscode VERSION|all] [--reason present|hidden|both]
                           [--vsix PATH|none] [--only TEXT] [--theme dark|light] [--size 1280x800] [--keep]

Every suite runs when none is named. The VSIX under test is the newest one in this folder or dist/.
Pictures, reports and logs are left in .test-build/vscode/output/.`;

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

process.exitCode = await main();

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
  const runner = await bundleRunner();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const started = Date.now();
  for (const version of values.vscode === 'all' ? Object.keys(VERSIONS) : [values.vscode]) {
    const editor = await codeServer(version);
    for (const reason of values.reason === 'both' ? ['present', 'hidden'] : [values.reason]) {
      const tally = await runner.run({ ...optionsOf(values, runner), editor, browser: browser.path, reason });
      for (const kind of Object.keys(total)) total[kind] += tally[kind];
    }
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  return say(
    `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped (${seconds} s)`,
    total.failed > 0 || total.passed + total.skipped === 0 ? 1 : 0,
  );
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
    vsix: vsixOf(values.vsix),
    output: join(ROOT, '.test-build', 'vscode', 'output'),
    cache: CACHE,
  };
}

function vsixOf(asked) {
  if (asked === 'none') return undefined;
  if (asked !== undefined) {
    if (!existsSync(asked)) throw new Error(`There is no VSIX at ${asked}.`);
    return resolve(asked);
  }
  const folders = [ROOT, join(ROOT, 'dist')].filter(existsSync);
  const found = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const built = found.filter((path) => path.endsWith('.vsix'));
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** The runner is TypeScript, like the suites; this file is what can run before anything was bundled. */
async function bundleRunner() {
  const { build } = await import('esbuild').catch(() => {
    throw new Error('The development dependencies are missing: run `npm ci` first.');
  });
  const outfile = join(ROOT, '.test-build', 'vscode', 'runner.mjs');
  await build({
    entryPoints: [join(ROOT, 'test/vscode/runner/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

function say(text, code) {
  console.log(text);
  return code;
}
