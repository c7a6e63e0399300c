import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleSizes } from '../bench/sizes.mjs';
import { root } from './sources.ts';

interface Output {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

const { outputs } = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as {
  readonly outputs: Readonly<Record<string, Output>>;
};
const bundles = Object.entries(outputs).filter(([path]) => /\.m?js$/.test(path));
const inputsOf = (isMine: (path: string) => boolean) =>
  bundles.filter(([path]) => isMine(path)).flatMap(([, { inputs }]) => Object.keys(inputs));
const isEditor = (path: string) => path === 'dist/extension.js' || path.startsWith('dist/editor/');

test('the bundles stay within their budgets', () => {
  for (const { name, bytes, most } of bundleSizes(root)) {
    assert.ok(bytes > 1000 && bytes <= most * 1000, `${name}: ${bytes} bytes of ${most} KB`);
  }
});

test('nothing of the tests is shipped', () => {
  assert.deepEqual(
    inputsOf(() => true).filter((path) => path.startsWith('test/')),
    [],
  );
});

test('the command line holds nothing of the editor, and the editor nothing of the command line', () => {
  assert.deepEqual(
    inputsOf((path) => !isEditor(path)).filter((path) => path.startsWith('src/editor/')),
    [],
  );
  assert.deepEqual(
    inputsOf(isEditor).filter((path) => path.startsWith('src/cli/')),
    [],
  );
  const needed = bundles.filter(([path]) => !isEditor(path)).flatMap(([, { imports }]) => imports);
  assert.deepEqual(
    needed.filter(({ path }) => path === 'vscode'),
    [],
  );
});

test('the first phase of the extension loads no parser', () => {
  const inputs = Object.keys(outputs['dist/extension.js']?.inputs ?? {});
  assert.ok(inputs.includes('src/editor/extension.ts'));
  assert.deepEqual(
    inputs.filter((path) => path.includes('node_modules/')),
    [],
  );
});

test('what speaks MCP is loaded by its command alone', () => {
  const holding = bundles.filter(([, { inputs }]) =>
    Object.keys(inputs).some((input) => /node_modules\/(?:@modelcontextprotocol|zod)\//.test(input)),
  );
  const paths = holding.map(([path]) => path);
  const others = bundles.filter(([path]) => !paths.includes(path));
  const leading = others.filter(([, { imports }]) => imports.some(({ path }) => paths.includes(path)));
  assert.equal(paths.length, 1);
  assert.deepEqual(
    leading.map(([path, { imports }]) => [
      path.replace(/-[A-Z0-9]{8}\.m?js$/, ''),
      imports.find((one) => paths.includes(one.path))?.kind,
    ]),
    [['dist/cli/mcp', 'dynamic-import']],
  );
});

test('the package holds the files it should and no other', () => {
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
    cwd: root,
    encoding: 'utf8',
  });
  // The names of chunks carry a hash of what is in them.
  const names = lines(listed).map((name) => name.replace(/-[A-Z0-9]{8}(\.m?js)$/, '-*$1'));
  const expected = lines(readFileSync(join(root, 'test/structure/package.txt'), 'utf8'));
  assert.deepEqual([...new Set(names)].sort(), expected.sort());
});

test('the package that the suites test is built', () => {
  assert.ok(existsSync(join(root, 'dist/infrahold.vsix')));
});

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
