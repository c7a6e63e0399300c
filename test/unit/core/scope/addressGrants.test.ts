import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, ChangeOp } from '../../../../src/core/diff/change.ts';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { formatAddress } from '../../../../src/core/model/address.ts';
import type { InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { covers } from '../../../../src/core/scope/coverage.ts';
import type { Grant } from '../../../../src/core/scope/grant.ts';
import { formatGrant, parseGrant } from '../../../../src/core/scope/grants.ts';
import { impliedChanges } from '../../../../src/core/scope/implied.ts';
import type { Chance } from '../mutation/chance.ts';
import { everything, realFiles, seed, skipped } from '../mutation/corpus.ts';
import { applied, type Mutation } from '../mutation/mutation.ts';
import { mutationsOf } from '../mutation/operators.ts';
import { placesIn } from '../mutation/places.ts';

const mostFiles = 150;
const mostPerFile = 25;
const mixturesPerFile = 3;

test('the address that is printed for a change is a grant for that change and for no other', {
  skip: skipped,
}, (context) => {
  const totals = { files: 0, mutations: 0, mixtures: 0, grants: 0, implied: 0 };
  const wrong: string[] = [];
  for (const { name, text, document, chance } of realFiles(mostFiles)) {
    totals.files++;
    const all = mutationsOf(text, placesIn(text));
    const single = (everything ? all : chance.sample(all, mostPerFile)).map((mutation) => [mutation]);
    const mixed = Array.from({ length: mixturesPerFile }, () => apart(all, chance));
    for (const mutations of [...single, ...mixed]) {
      totals[mutations.length > 1 ? 'mixtures' : 'mutations']++;
      const after = readDocument('compose', applied(text, mutations));
      if (after.problems.length > 0) continue;
      const told = tried(document, after);
      totals.grants += told.grants;
      totals.implied += told.implied;
      wrong.push(...told.wrong.map((one) => `${name}: ${one}`));
    }
  }
  const { files, mutations, mixtures, grants, implied } = totals;
  context.diagnostic(
    `address grant sweep (${everything ? 'all' : `seed ${seed}`}): ${files} files, ${mutations} mutations, ${mixtures} mixtures, ${grants} grants, ${implied} changes implied by another's grant, ${wrong.length} wrong`,
  );
  assert.ok(grants > 1000);
  assert.deepEqual(wrong.slice(0, 40), []);
});

/** Each change of an edit, typed as the one grant there is. */
function tried(before: InfraDocument, after: InfraDocument) {
  const changes = changesBetween(before, after);
  const found = { grants: 0, implied: 0, wrong: [] as string[] };
  for (const change of changes) {
    found.grants++;
    const typed = typedFor(change);
    const grant = parseGrant(typed);
    if ('problem' in grant) {
      found.wrong.push(`${typed} is refused: ${grant.problem}`);
      continue;
    }
    const again = parseGrant(formatGrant(grant));
    if (JSON.stringify(again) !== JSON.stringify(grant)) found.wrong.push(`${typed} reads differently again`);
    if (!covers(grant, change)) found.wrong.push(`${typed} does not cover its change`);
    const implied = impliedChanges([grant], changes, before, after);
    for (const other of changes.filter((one) => one !== change)) {
      if (covers(grant, other)) found.wrong.push(`${typed} covers ${other.op} ${other.address}`);
      else if (implied.has(other)) found.implied++;
    }
  }
  return found;
}

const grantOps: Readonly<Record<ChangeOp, Grant['op']>> = {
  added: 'add',
  removed: 'remove',
  changed: 'change',
  renamed: 'rename',
};

function typedFor({ op, address, renamedTo }: Change): string {
  return [grantOps[op], address, ...(renamedTo ? [formatAddress(renamedTo)] : [])].join(' ');
}

/** Up to six mutations that do not touch each other's text. */
function apart(mutations: readonly Mutation[], chance: Chance): Mutation[] {
  const taken: Mutation[] = [];
  for (const mutation of chance.sample(mutations, 12)) {
    const { start, end } = mutation.edit;
    const isFree = taken.every(({ edit }) => end < edit.start - 1 || edit.end + 1 < start);
    if (isFree && taken.length < 6) taken.push(mutation);
  }
  return taken;
}
