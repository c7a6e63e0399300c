import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffArrays } from 'diff';
import { formatAddress } from '../../../../src/core/model/address.ts';
import type { InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import type { Grant } from '../../../../src/core/scope/grant.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';
import { salvageInScope } from '../../../../src/core/verdict/salvageInScope.ts';
import type { Chance } from '../mutation/chance.ts';
import { everything, realFiles, seed, skipped } from '../mutation/corpus.ts';
import { applied, type Mutation } from '../mutation/mutation.ts';
import { mutationsOf } from '../mutation/operators.ts';
import { placesIn } from '../mutation/places.ts';
import { meansWished } from './meaning.ts';

const mostFiles = 70;
const perFile = everything ? 12 : 3;

/** An edit of which only a part was asked for. */
interface Mixture {
  readonly before: InfraDocument;
  readonly after: InfraDocument;
  readonly wanted: readonly Mutation[];
  readonly unwanted: readonly Mutation[];
}

test('of any mixture of edits salvage keeps those that were asked for, byte for byte', {
  skip: skipped,
}, (context) => {
  const totals = { files: 0, mixtures: 0, mutations: 0, exact: 0 };
  const declined = new Map<string, number>();
  const wrong: string[] = [];
  for (const { name, text, document, chance } of realFiles(mostFiles)) {
    totals.files++;
    const all = mutationsOf(text, placesIn(text));
    for (let round = 0; round < perFile; round++) {
      const mixture = mixtureOf(text, document, all, chance);
      if (mixture === undefined) continue;
      totals.mixtures++;
      totals.mutations += mixture.wanted.length + mixture.unwanted.length;
      const told = checkMixture(mixture);
      if (told.refusal !== undefined) declined.set(told.refusal, (declined.get(told.refusal) ?? 0) + 1);
      else if (told.fault !== undefined) wrong.push(`${name}: ${told.fault}: ${shown(mixture)}`);
      else if (told.isExact) totals.exact++;
    }
  }
  const refused = [...declined.values()].reduce((sum, one) => sum + one, 0);
  context.diagnostic(
    `salvage sweep (${everything ? 'all' : `seed ${seed}`}): ${totals.files} files, ${totals.mixtures} mixtures of ${totals.mutations} mutations, ${totals.exact} just the text with what was asked for, ${refused} declined, ${wrong.length} wrong`,
  );
  for (const [reason, count] of declined) context.diagnostic(`declined ${count} ×: ${reason}`);
  assert.deepEqual(wrong.slice(0, 20), []);
  assert.ok(totals.mixtures > 80 && refused <= totals.mixtures * 0.03);
});

/** Mutations that do not touch each other, some wanted and some not; `undefined` where together they mean more. */
function mixtureOf(
  text: string,
  before: InfraDocument,
  all: readonly Mutation[],
  chance: Chance,
): Mixture | undefined {
  const chosen: Mutation[] = [];
  for (const mutation of shuffled(chance.sample(all, 12), chance)) {
    // What is said to be what is there anyway is taken out, and not said so.
    const isReworded = mutation.expected.op === 'removed' && mutation.edit.text !== '';
    if (chosen.length < 6 && !isReworded && chosen.every((other) => areApart(mutation, other)))
      chosen.push(mutation);
  }
  if (chosen.length < 2) return undefined;
  const after = readDocument('compose', applied(text, chosen));
  const changes = judge({ before, after, scope: undefined, author: 'ai' }).changes;
  const told = changes.map(({ op, path }) => JSON.stringify([op, path])).sort();
  const expected = chosen.map(({ expected: { op, path } }) => JSON.stringify([op, path])).sort();
  if (after.problems.length > 0 || JSON.stringify(told) !== JSON.stringify(expected)) return undefined;
  const count = 1 + chance.below(chosen.length - 1);
  return { before, after, wanted: chosen.slice(0, count), unwanted: chosen.slice(count) };
}

interface Told {
  readonly refusal?: string;
  readonly fault?: string;
  readonly isExact?: boolean;
}

function checkMixture({ before, after, wanted, unwanted }: Mixture): Told {
  const scope = { grants: wanted.map(grantOf) };
  const { changes } = judge({ before, after, scope, author: 'ai' });
  const kept = changes.filter(({ inScope }) => inScope);
  // What follows from a grant is in scope too; nothing that was not wanted may be.
  if (
    unwanted.some(({ expected }) =>
      kept.some(({ path, impliedBy }) => impliedBy === undefined && samePath(path, expected.path)),
    )
  )
    return { fault: 'more is in scope' };
  const result = salvageInScope(before, after, scope);
  if ('problem' in result) return { refusal: result.problem.message };
  const reread = readDocument('compose', result.text);
  if (!meansWished(before, after, kept, reread)) return { fault: 'another meaning' };
  const alone = applied(before.text, wanted);
  const isExact = result.text === alone;
  if (kept.length === wanted.length && !isExact && !sameLines(before.text, result.text, alone))
    return { fault: 'other bytes' };
  const again = salvageInScope(before, reread, scope);
  if (!('text' in again) || again.text !== result.text) return { fault: 'another text the second time' };
  const none = salvageInScope(before, after, { grants: [] });
  if (!('text' in none) || none.text !== before.text) return { fault: 'something without a grant' };
  const whole = salvageInScope(before, after, { grants: [...wanted, ...unwanted].map(grantOf) });
  if ('text' in whole && leavesUndone(whole.text, after)) return { fault: 'less with all grants' };
  return { isExact };
}

/** A section that loses all it has, piece by piece, goes with the last, although the edit left its key. */
function leavesUndone(text: string, after: InfraDocument): boolean {
  const input = { before: readDocument('compose', text), after, scope: undefined, author: 'ai' } as const;
  return judge(input).changes.some(({ kind }) => kind !== 'section');
}

const ops = { added: 'add', removed: 'remove', changed: 'change', renamed: 'rename' } as const;

function grantOf({ expected: { op, path, to } }: Mutation): Grant {
  return { op: ops[op], address: formatAddress(path), ...(to && { to: formatAddress(to) }) };
}

/**
 * Whether the text differs from `before` in the lines in which the text with just the wanted edits does: every other
 * line is there, in its order. A new entry may stand elsewhere among its like and at its neighbours' indent, and a
 * comment goes with what it speaks of.
 */
function sameLines(before: string, text: string, alone: string): boolean {
  return JSON.stringify(differing(before, text)) === JSON.stringify(differing(before, alone));
}

function differing(before: string, after: string): { readonly come: string[]; readonly gone: string[] } {
  const [old, fresh] = [before, after].map((text) =>
    text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line)),
  );
  const parts = diffArrays(old ?? [], fresh ?? []);
  const bare = (which: 'added' | 'removed') =>
    parts.flatMap((part) => (part[which] ? part.value.map((line) => line.trim()) : [])).sort();
  return { come: bare('added'), gone: bare('removed') };
}

function areApart(one: Mutation, other: Mutation): boolean {
  const [first, second] =
    one.edit.start <= other.edit.start ? [one.edit, other.edit] : [other.edit, one.edit];
  const within = (outer: Mutation, inner: Mutation) =>
    outer.expected.path.every((name, index) => name === inner.expected.path[index]);
  return first.end < second.start && !within(one, other) && !within(other, one);
}

function samePath(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function shuffled<Item>(items: readonly Item[], chance: Chance): Item[] {
  return items
    .map((item) => ({ item, at: chance.below(1e9) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function shown({ wanted, unwanted }: Mixture): string {
  const names = (mutations: readonly Mutation[]) =>
    mutations.map(({ operator, expected }) => `${operator} at ${formatAddress(expected.path)}`).join(', ');
  return `wanted ${names(wanted)}; not ${names(unwanted)}`;
}
