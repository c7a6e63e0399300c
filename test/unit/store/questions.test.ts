import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionIn } from '../../../src/store/questions.ts';

const scope = { path: 'compose.yml', grants: ['remove service x'], reason: 'r', minutes: 60, asker: 'a' };
const command = { text: 'docker compose down', takes: [{ name: 'service x', dataLoss: false }], asker: 'a' };
const heard = (said: object) => questionIn(JSON.stringify(said), (token) => token === 'T');
const known = { infrahold: 1, token: 'T' };

test('each kind of question is heard from who knows the token', () => {
  for (const question of [{ ask: 'id' }, { scope }, { command }])
    assert.deepEqual(heard({ ...known, ...question }), question);
});

test('nothing is heard without the token, of another version, or that is no question', () => {
  const wrong: readonly object[] = [
    { ...known, token: 'U', scope },
    { infrahold: 1, scope },
    { ...known, infrahold: 2, scope },
    known,
    { ...known, ask: 1 },
    { ...known, scope: { ...scope, grants: [] } },
    { ...known, scope: { ...scope, grants: [1] } },
    { ...known, scope: { ...scope, minutes: 1e9 } },
    { ...known, scope: { ...scope, minutes: '60' } },
    { ...known, scope: { ...scope, asker: undefined } },
    { ...known, command: { ...command, takes: [] } },
    { ...known, command: { ...command, takes: [{ name: 'x' }] } },
    [],
  ];
  for (const said of wrong) assert.equal(heard(said), undefined, JSON.stringify(said));
  assert.equal(
    questionIn('nonsense', () => true),
    undefined,
  );
});
