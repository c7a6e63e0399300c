import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, Impact } from '../../../../src/core/diff/change.ts';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { impactOf } from '../../../../src/core/diff/impact.ts';
import { entityAt, type InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { everything, realFiles, seed, skipped } from './corpus.ts';
import { applied } from './mutation.ts';
import { mutationsOf } from './operators.ts';
import { placesIn } from './places.ts';

const mostFiles = 150;
const mostPerFile = 8;

test('an edit makes anew only what it changes, and affects only services that are there', {
  skip: skipped,
}, async (context) => {
  const wrong: string[] = [];
  const counts = { files: 0, edits: 0, recreated: 0, affected: 0, findings: 0 };
  for (const { name, text, document, chance } of realFiles(mostFiles)) {
    counts.files++;
    const same = await impactOf(document, readDocument('compose', text), []);
    if (lengthOf(same) > 0) wrong.push(`${name}: the same text has an impact`);
    const all = mutationsOf(text, placesIn(text));
    for (const mutation of everything ? all : chance.sample(all, mostPerFile)) {
      const after = readDocument('compose', applied(text, [mutation]));
      if (after.problems.length > 0) continue;
      const changes = changesBetween(document, after);
      const impact = await impactOf(document, after, changes);
      counts.edits++;
      counts.recreated += impact.recreated.length;
      counts.affected += impact.cascade.length;
      counts.findings += changes.reduce((sum, { findings }) => sum + findings.length, 0);
      for (const reason of faultsOf(impact, changes, after))
        wrong.push(`${name}: ${mutation.operator}: ${reason}`);
    }
  }
  context.diagnostic(
    `impact sweep (${everything ? 'all' : `seed ${seed}`}): ${counts.files} files, ${counts.edits} edits, ${counts.recreated} made anew, ${counts.affected} affected, ${counts.findings} findings, ${wrong.length} wrong`,
  );
  assert.ok(counts.edits > 500);
  assert.deepEqual(wrong.slice(0, 40), []);
});

function lengthOf(impact: Impact): number {
  return Object.values(impact).reduce((sum, list: readonly unknown[]) => sum + list.length, 0);
}

function faultsOf(impact: Impact, changes: readonly Change[], after: InfraDocument): string[] {
  const touched = new Set(
    changes.flatMap(({ path, renamedTo }) => [path.slice(0, 2), renamedTo ?? []].map(String)),
  );
  // A new name of the project is one of all its networks and volumes, and the default network comes and goes unnamed.
  const isProject = changes.some(({ path }) => path[0] === 'name');
  const unfounded = impact.recreated.filter((name) => {
    const [, kind = '', key = ''] = /^[-+]?(\w+):(.*)$/.exec(name) ?? [];
    if (kind !== 'service' && (isProject || key === 'default')) return false;
    return !touched.has(String([`${kind}s`, key]));
  });
  const absent = impact.cascade.filter(({ service }) => entityAt(after, ['services', service]) === undefined);
  const unsaid = changes.filter(({ findings }) => findings.some(({ message }) => message === ''));
  return [
    ...unfounded.map((name) => `${name} is made anew without a change`),
    ...absent.map(({ service }) => `${service} is affected and not there`),
    ...unsaid.map(({ address }) => `${address} has a finding that says nothing`),
  ];
}
