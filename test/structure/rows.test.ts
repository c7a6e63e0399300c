import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleSuites, listSuites } from '../vscode/runner/bundle.ts';
import { root } from './sources.ts';

/** The roads that a write can take to a protected file, as `rows.txt` numbers them. */
const roads = 28;

const table = readFileSync(join(root, 'test', 'structure', 'rows.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [row = '', file = '', title = ''] = line.split(/ {2,}/);
    return { row, file, title };
  });

const suites = await bundleSuites(root, listSuites(root), join(root, '.test-build', 'rows'));

test('every road has a test', () => {
  const covered = new Set(table.map(({ row }) => row));
  const wanted = Array.from({ length: roads }, (_, index) => `W${index + 1}`);
  assert.deepEqual(
    wanted.filter((row) => !covered.has(row)),
    [],
  );
});

test('every test in the table of roads is there, and one in VS Code names its road', () => {
  const missing = table.filter(({ row, file, title }) => {
    const suite = suites.find(({ name }) => file === `vscode/suites/${name}.test.ts`);
    if (suite !== undefined) return !suite.tests.includes(title) || !rowsIn(title).includes(row);
    // Titles of these are often put together from a table; the part that tells them apart stands in the file.
    return title === '' || !readFileSync(join(root, 'test', file), 'utf8').includes(title);
  });
  assert.deepEqual(missing, []);
});

test('every test in VS Code that names a road is in the table', () => {
  const named = suites.flatMap(({ name, tests }) =>
    tests.flatMap((title) =>
      rowsIn(title).map((row) => [row, `vscode/suites/${name}.test.ts`, title].join('  ')),
    ),
  );
  const known = new Set(table.map(({ row, file, title }) => [row, file, title].join('  ')));
  assert.deepEqual(
    named.filter((line) => !known.has(line)),
    [],
  );
});

test('every test in VS Code that is to run with the reasons of changes is there', () => {
  const missing = suites.flatMap(({ name, tests, fixture }) =>
    (fixture.withReasons ?? [])
      .filter((beginning) => !tests.some((title) => title.startsWith(beginning)))
      .map((beginning) => `${name}: ${beginning}`),
  );
  assert.deepEqual(missing, []);
});

/** `W1, W8: a save …` names two. */
function rowsIn(title: string): readonly string[] {
  return /^(W\d+(?:, W\d+)*):/.exec(title)?.[1]?.split(', ') ?? [];
}
