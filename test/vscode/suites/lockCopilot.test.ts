import { strict as assert } from 'node:assert';
import { copilot } from '../support/copilot.ts';
import { driver } from '../support/driver.ts';
import { assertKept, before, fileIn, filesFor, fresh, promptFor, until, wait } from '../support/incident.ts';
import { isLocked } from '../support/locks.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  copilot: true,
  extension: 'required',
  files: { ...filesFor('agent', 'seen'), '.infrahold.yml': "lock: ['**/docker-compose.yml']\n" },
  // The older one has no agent built in.
  versions: ['1.139.1'],
};

for (const name of ['agent', 'seen']) {
  test(`W12: Copilot's agent edits a locked file (${name}), and not a byte reaches the disk`, async () => {
    await fresh();
    const file = fileIn(name);
    await isLocked(file);
    if (name === 'seen') await file.open();
    const watched: string[] = [];
    const timer = setInterval(() => watched.push(file.disk()), 5);
    const input = {
      filePath: file.path,
      oldString: '    image: redis:7-alpine',
      newString: '    image: redis:8',
    };
    await copilot.run({ prompt: 'Do it', steps: [{ tool: 'replace_string_in_file', input }] });
    await promptFor(file);
    await wait(1000);
    clearInterval(timer);
    assert.ok(watched.length > 20);
    assert.deepEqual(
      watched.filter((text) => text !== before),
      [],
    );
    assertKept(before.replace('redis:7-alpine', 'redis:8'));
    await driver.clickNotification('Approve…');
    await driver.clickModal('Approve');
    await until(() => assert.equal(file.disk(), before.replace('redis:7-alpine', 'redis:8')));
  });
}
