import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesBelow, root } from './sources.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
};
const documents = ['README.md', 'CONTRIBUTING.md', '.cursorrules', 'CHANGELOG.md'].map((name) => ({
  name,
  text: readFileSync(join(root, name), 'utf8'),
}));

test('every npm script that the documents name exists', () => {
  const named = documents.flatMap(({ name, text }) =>
    [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].map(
      (match) => `${name}: ${match[1] ?? match[2]}`,
    ),
  );
  assert.ok(named.length > 5);
  const known = Object.keys(manifest.scripts);
  assert.deepEqual(
    named.filter((entry) => !known.includes(entry.split(': ')[1] ?? '')),
    [],
  );
});

test('every path that the documents name exists', () => {
  const pattern = /\b((?:src|test|media)\/[\w./-]*\w)/g;
  const named = documents.flatMap(({ name, text }) =>
    [...text.matchAll(pattern)].map(([path]) => `${name}: ${path}`),
  );
  assert.ok(named.length > 5);
  // The worked example makes up a folder that a reader would add.
  const missing = named.filter(
    (entry) => !entry.includes('restart-dropped') && !existsSync(join(root, entry.split(': ')[1] ?? '')),
  );
  assert.deepEqual(missing, []);
});

test('the newest version in the changelog is the version of the package', () => {
  const changelog = documents.find(({ name }) => name === 'CHANGELOG.md')?.text ?? '';
  const versions = [...changelog.matchAll(/^## \[(\d[^\]]*)\]/gm)].map((match) => match[1]);
  assert.equal(versions[0], manifest.version);
});

test('no file names a package registry', () => {
  const texts = filesBelow('src').concat(filesBelow('test'), [
    'package-lock.json',
    'package.json',
    '.ci/run',
  ]);
  const host = new RegExp(['registry', 'npmjs'].join('\\.'));
  const wrong = texts.filter((path) => host.test(readFileSync(join(root, path), 'latin1')));
  assert.deepEqual(wrong, []);
});
