import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Fixture } from '../support/protocol.ts';

/** A suite, bundled: the file the test extension consists of, and what the suite says of itself. */
export interface Suite {
  readonly name: string;
  readonly bundle: string;
  /** What it wants around it. */
  readonly fixture: Fixture;
  readonly tests: readonly string[];
}

/** The names of the suites there are. */
export const listSuites = (root: string): readonly string[] =>
  readdirSync(join(root, 'test/vscode/suites'))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => basename(file, '.test.ts'));

/**
 * Bundles each suite with the support code, which collects the tests that the suite declares. Who only wants to know
 * them asks for a folder of their own, since a run may be copying from the usual one.
 */
export async function bundleSuites(
  root: string,
  names: readonly string[],
  folder = join(root, '.test-build/vscode'),
): Promise<readonly Suite[]> {
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
    const { fixture = {}, declaredTests } = load(bundle);
    return { name, bundle, fixture, tests: declaredTests() };
  });
}

function entryPoint(root: string, folder: string, name: string): string {
  const source = join(root, 'test/vscode');
  const suite = JSON.stringify(join(source, 'suites', `${name}.test.ts`));
  const main = JSON.stringify(join(source, 'support/main.ts'));
  const declared = JSON.stringify(join(source, 'support/suite.ts'));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.ts`);
  const exported = [`{ activate } from ${main}`, `{ declaredTests } from ${declared}`, `* from ${suite}`];
  writeFileSync(file, exported.map((what) => `export ${what};\n`).join(''));
  return file;
}

/**
 * A suite file says beside its tests what its workspace holds, so the runner loads it as well, where there is no
 * VS Code. That works as long as a suite touches the `vscode` module inside its tests only.
 */
function load(bundle: string): Loaded {
  const requireFrom = createRequire(bundle);
  const modules = requireFrom('node:module') as { _load: (request: string, ...rest: unknown[]) => unknown };
  const original = modules._load;
  modules._load = (request, ...rest) => (request === 'vscode' ? {} : original(request, ...rest));
  try {
    return requireFrom(bundle) as Loaded;
  } finally {
    modules._load = original;
  }
}

interface Loaded {
  readonly fixture?: Fixture;
  declaredTests(): readonly string[];
}
