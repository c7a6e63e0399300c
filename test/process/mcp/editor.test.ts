import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { declareScope } from '../../demo/declare.ts';
import { doorAt, say } from '../doorAt.ts';
import { compose, connect, type Project, project, willing } from './agent.ts';

const redis = {
  path: compose,
  grants: ['remove service l9-redis'],
  reason: 'The cache is not used any more',
};

const answering = (t: TestContext, place: Project, answer: string) =>
  doorAt(t, place, (socket) => {
    say(socket, { asked: true });
    say(socket, { answer });
  });

test('the person in the editor is asked, before any form, with what is asked for and by whom', async (t) => {
  const place = project(t);
  const heard = await answering(t, place, 'refused');
  const agent = await connect(t, place, willing);
  const { fields, text } = await agent.ask('request_scope', redis);
  assert.equal(fields.outcome, 'refused');
  assert.match(text, /said no/);
  assert.deepEqual(agent.forms, []);
  assert.deepEqual(JSON.parse(heard.join('')), {
    ...{ infrahold: 1, token: 'secret' },
    scope: { ...redis, minutes: 60, asker: 'test-agent 1.2.3' },
  });
});

test('a yes counts once the editor has put it into force', async (t) => {
  const place = project(t);
  await doorAt(t, place, (socket) => {
    say(socket, { asked: true });
    void declareScope(place.folder, compose, 'remove service l9-redis', place.stateHome).then(() =>
      say(socket, { answer: 'approved' }),
    );
  });
  const { fields, text } = await (await connect(t, place)).ask('request_scope', redis);
  assert.equal(fields.outcome, 'approved');
  assert.match(text, /Allowed now: remove service l9-redis/);
});

for (const answer of ['approved', 'unanswered']) {
  test(`nothing is allowed where the editor says "${answer}" and puts nothing into force`, async (t) => {
    const place = project(t);
    await answering(t, place, answer);
    const agent = await connect(t, place, willing);
    const { fields } = await agent.ask('request_scope', redis);
    assert.deepEqual([fields.outcome, fields.scope], ['unanswered', null]);
    assert.deepEqual(agent.forms, []);
  });
}

test('where nobody answers at the door, the person is asked by a form', async (t) => {
  const place = project(t);
  await doorAt(t, place, (socket) => socket.destroy());
  const agent = await connect(t, place, willing);
  assert.equal((await agent.ask('request_scope', redis)).fields.outcome, 'approved');
  assert.equal(agent.forms.length, 1);
});
