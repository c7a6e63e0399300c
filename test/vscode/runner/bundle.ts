import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Fixture } from '../support/protocol.ts';

/** A suite, bundled: the file the test extension consists of, and what the suite wants around it. */
export interface Suite {
  readonly name: string;
  readonly bundle: string;
  readonly fixture: Fixture;
}

/** The names of the suites there are. */
export const listSuites = (root: string): readonly string[] =>
  readdirSync(join(root, 'test/vscode/suites'))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => basename(file, '.test.ts'));

/** Bundles each suite with the support code, which collects the tests that the suite declares. */
export async function bundleSuites(root: string, names: readonly string[]): Promise<readonly Suite[]> {
  const folder = join(root, '.test-build/vscode');
  const entries = names.map((name) => [name, entryPoint(root, join(folder, 'entries'), name)]);
  await build({
    entryPoints: Object.fromEntries(entries),
    outdir: join(folder, 'suites'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    loader: { '.yml': 'text', '.txt': 'text' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return names.map((name) => {
    const bundle = join(folder, 'suites', `${name}.js`);
    return { name, bundle, fixture: fixtureOf(bundle) };
  });
}

function entryPoint(root: string, folder: string, name: string): string {
  const source = join(root, 'test/vscode');
  const suite = JSON.stringify(join(source, 'suites', `${name}.test.ts`));
  const main = JSON.stringify(join(source, 'support/main.ts'));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, `export { activate } from ${main};\nexport * from ${suite};\n`);
  return file;
}

/**
 * A suite file says beside its tests what its workspace holds, so the runner loads it as well, where there is no
 * VS Code. That works as long as a suite touches the `vscode` module inside its tests only.
 */
function fixtureOf(bundle: string): Fixture {
  const load = createRequire(bundle);
  const modules = load('node:module') as { _load: (request: string, ...rest: unknown[]) => unknown };
  const original = modules._load;
  modules._load = (request, ...rest) => (request === 'vscode' ? {} : original(request, ...rest));
  try {
    return (load(bundle) as { fixture?: Fixture }).fixture ?? {};
  } finally {
    modules._load = original;
  }
}
