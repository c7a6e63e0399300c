import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataLossCodes, findingCodes } from '../../src/core/diff/findings/codes.ts';
import { affectedReasons } from '../../src/core/diff/reasons.ts';
import { root } from './sources.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Between its heading and the next one. */
function sectionOf(heading: string): string {
  return readme.split(`\n### ${heading}\n`)[1]?.split(/\n##/)[0] ?? '';
}

/** The rows of the first table below a heading, cell by cell. */
function rowsBelow(heading: string): string[][] {
  const lines = sectionOf(heading).split('\n');
  return lines
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
}

test('the README has the table of findings as it is in the code', () => {
  const isDataLoss = (code: string) => [...dataLossCodes].some((one) => one === code);
  const wanted = Object.entries(findingCodes).map(([code, about]) => [
    `\`${code}\``,
    isDataLoss(code) ? `**data loss**: ${about}` : about,
  ]);
  assert.deepEqual(rowsBelow('Findings'), wanted);
});

test('the README has the table of consequences as it is in the code', () => {
  const wanted = Object.entries(affectedReasons).map(([reason, about]) => [`\`${reason}\``, about]);
  assert.deepEqual(rowsBelow('Consequences'), wanted);
});
