import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { adapterFor, hosts } from '../../src/agents/registry.ts';
import { summary } from './summary.ts';

const folder = join('test', 'protocol');

/** What each payload in the folder of its host means, one line for each. */
const expected = readFileSync(join(folder, 'expected.txt'), 'utf8');

for (const host of hosts) {
  const adapter = adapterFor(host);
  assert.ok(adapter !== undefined);

  test(`${host}: every payload is read as it is meant`, () => {
    const lines = readdirSync(join(folder, host))
      .sort()
      .map((name) => {
        const payload: unknown = JSON.parse(readFileSync(join(folder, host, name), 'utf8'));
        return `${host}/${name.replace('.json', '')}: ${summary(adapter.decode(payload))}\n`;
      });
    const own = expected.split(/(?<=\n)/).filter((line) => line.startsWith(`${host}/`));
    assert.equal(lines.join(''), own.join(''));
    assert.ok(lines.length > 5);
  });

  test(`${host}: what is no payload is unreadable and never let pass`, () => {
    const wrong = [
      null,
      [],
      'text',
      1,
      {},
      { hook_event_name: 7 },
      { hookName: [] },
      { agent_action_name: {} },
    ];
    for (const payload of wrong) {
      assert.equal(adapter.decode(payload).kind, 'unreadable', JSON.stringify(payload));
    }
  });
}
