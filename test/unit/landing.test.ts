import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Choice, landOnDisk } from '../../src/choosing.ts';
import { encodeText } from '../../src/content.ts';
import { ai, aiEdit, askedFor, before, events, guarded, heldOf, path } from '../support/guarded.ts';
import type { Workspace } from '../support/workspace.ts';

const other = before.replace('redis:7', 'redis:6');
const reworded = before.replace('# L9 stack.', '# The stack of L9.');

async function heldAt({ guard }: Workspace) {
  return heldOf(await guard.review({ path, after: encodeText(aiEdit), road: 'save', origin: ai }));
}

async function keptTexts({ ports }: Workspace): Promise<readonly (string | undefined)[]> {
  const versions = await Promise.all(
    (await ports.quarantine.list()).map(({ id }) => ports.quarantine.get(id)),
  );
  return versions.map((version) => version?.content && new TextDecoder().decode(version.content));
}

const landed: readonly (readonly [Choice, string])[] = [
  ['put-back', before],
  ['approve', aiEdit],
];

for (const [choice, wanted] of landed) {
  test(`what came onto the disk just before "${choice}" lands is kept, and asked about`, async (t) => {
    const place = await guarded(t);
    const held = await heldAt(place);
    place.write(path, other);
    // As an editor does, which saves its buffer over whatever is there.
    const asked = await place.guard.resolve(held, choice, async (at, content) => {
      place.write(at, content ?? '');
      return [];
    });
    assert.equal(place.read(path), wanted);
    assert.ok((await keptTexts(place)).includes(other));
    assert.deepEqual(
      asked.map(({ proposal, baseline }) => [proposal, baseline]),
      [[encodeText(other), encodeText(wanted)]],
    );
    assert.deepEqual(place.guard.held(), asked);
    assert.equal((await events(place)).filter((event) => event === 'held').length, 2);
  });

  test(`what comes onto the disk while "${choice}" lands is kept, and asked about`, async (t) => {
    const place = await guarded(t);
    const held = await heldAt(place);
    const land = landOnDisk(place.ports.files);
    const asked = await place.guard.resolve(held, choice, (at, content) => {
      place.write(path, other);
      return land(at, content);
    });
    assert.equal(place.read(path), wanted);
    assert.ok((await keptTexts(place)).includes(other));
    assert.deepEqual(asked, place.guard.held());
    assert.equal(asked.length, 1);
  });
}

test('what comes meanwhile and changes no meaning stays, and nobody is asked', async (t) => {
  const place = await guarded(t);
  const held = await heldAt(place);
  const land = landOnDisk(place.ports.files);
  const asked = await place.guard.resolve(held, 'put-back', (at, content) => {
    place.write(path, reworded);
    return land(at, content);
  });
  assert.deepEqual(asked, []);
  assert.equal(place.read(path), reworded);
  assert.deepEqual(await place.guard.baseline(path), encodeText(reworded));
});

test('of the two sides of a choice nothing is asked again', async (t) => {
  for (const [stands, choice] of [
    [before, 'approve'],
    [aiEdit, 'put-back'],
    [aiEdit, 'approve'],
  ] as const) {
    const place = await guarded(t);
    const held = await heldAt(place);
    place.write(path, stands);
    assert.deepEqual(await place.guard.resolve(held, choice), []);
    assert.deepEqual(place.guard.held(), []);
    assert.equal((await keptTexts(place)).length, 1);
  }
});

test('what an agent has yet to write lands nothing, and what stands on the disk is left to the watch', async (t) => {
  const place = await guarded(t);
  const edit = { path, after: encodeText(askedFor), road: 'hook', origin: ai } as const;
  const held = heldOf(await place.guard.review(edit));
  place.write(path, other);
  assert.deepEqual(await place.guard.resolve(held, 'approve'), []);
  assert.equal(place.read(path), other);
});
