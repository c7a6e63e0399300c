import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import type { InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { write } from '../../../../src/core/salvage/layout.ts';
import { readLayout } from '../../../../src/core/salvage/readLayout.ts';
import { salvage } from '../../../../src/core/salvage/salvage.ts';
import type { WishedChange } from '../../../../src/core/salvage/wishes.ts';
import { meansWished } from './meaning.ts';

const shared = sharedFolder();

test('every text of the corpus is the text of its layout, byte for byte', (context) => {
  const texts = filesBelow(shared && join(shared, 'corpus'), context);
  for (const text of texts) {
    for (const variant of [text, text.replace(/\r?\n/g, '\r\n'), text.trimEnd(), `\uFEFF${text}`]) {
      assert.ok(write(readLayout(variant)) === variant);
    }
  }
  context.diagnostic(`${texts.length} texts`);
});

test('real edits, cut down to each single change and to random halves, mean just that or are refused', (context) => {
  const totals = { pairs: 0, tried: 0, right: 0, refused: 0 };
  for (const [one, other] of realEdits(context)) {
    for (const [before, after] of [[one, other] as const, [other, one] as const]) {
      const changes = changesBetween(before, after);
      totals.pairs++;
      for (const kept of selections(changes)) sweepOne(before, after, kept, totals);
    }
  }
  const share = ((100 * totals.refused) / Math.max(totals.tried, 1)).toFixed(1);
  context.diagnostic(
    `${totals.pairs} edits, ${totals.tried} selections, ${totals.right} right, ${totals.refused} refused (${share} %)`,
  );
  assert.ok(totals.refused <= totals.tried * 0.03, 'few are refused');
});

/** A pair with a hundred changes would tell a hundred times the same. */
const mostAlone = 12;

interface Totals {
  tried: number;
  right: number;
  refused: number;
}

function sweepOne(
  before: InfraDocument,
  after: InfraDocument,
  kept: readonly WishedChange[],
  totals: Totals,
): void {
  const result = salvage(before, after, kept);
  totals.tried++;
  if ('problem' in result) {
    assert.equal(result.problem.code, 'cannot-salvage');
    totals.refused++;
    return;
  }
  if (kept.length === 0) assert.equal(result.text, before.text);
  const names = kept.map(({ op, path }) => `${op} ${path.join('.')}`);
  const reread = readDocument('compose', result.text);
  assert.ok(meansWished(before, after, kept, reread), `${names.join(', ')} gave\n${result.text}`);
  totals.right++;
}

/** Nothing, everything, the first changes each alone, and halves that are the same in every run. */
function selections<Change>(changes: readonly Change[]): Change[][] {
  const halves = [1, 2, 3].map((seed) => changes.filter((_, index) => (index * 7 + seed * 13) % 11 < 5));
  return [[], [...changes], ...changes.slice(0, mostAlone).map((change) => [change]), ...halves];
}

function realEdits(context: TestContext): [InfraDocument, InfraDocument][] {
  const folder = shared && join(shared, 'compose', 'history');
  if (!folder || !existsSync(folder)) {
    context.skip('the shared folder with real edits is not here; set INFRAHOLD_SHARED');
    return [];
  }
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }): [InfraDocument, InfraDocument][] => {
    const read = (file: string) => readDocument('compose', readFileSync(join(folder, name, file), 'utf8'));
    const before = read('before.yml');
    const after = read('after.yml');
    return before.problems.length + after.problems.length === 0 ? [[before, after]] : [];
  });
}

function filesBelow(folder: string | undefined, context: TestContext): string[] {
  if (!folder || !existsSync(folder)) {
    context.skip('the shared folder with real files is not here; set INFRAHOLD_SHARED');
    return [];
  }
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /\.ya?ml$/.test(name));
  return files.map((name) => readFileSync(join(folder, name), 'utf8'));
}

function sharedFolder(): string | undefined {
  const given = process.env.INFRAHOLD_SHARED;
  if (given !== undefined) return given;
  for (let folder = process.cwd(); dirname(folder) !== folder; folder = dirname(folder)) {
    const shared = join(folder, 'shared');
    if (existsSync(join(shared, 'compose', 'history'))) return shared;
  }
  return undefined;
}
