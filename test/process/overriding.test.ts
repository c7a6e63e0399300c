import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { accepted, onDisk, pause, startGuard, unguardedFolder, until } from './guardedFolder.ts';

const base = 'docker-compose.yml';
const override = 'docker-compose.override.yml';
const content = 'services:\n  api:\n    image: api:2\n';

test('an agent may not override what it may not edit', (t) => {
  const { root, env } = unguardedFolder(t, { [base]: accepted });
  const ask = (file: string, text: string) => {
    const payload = {
      ...{ session_id: 's', cwd: root, hook_event_name: 'PreToolUse', tool_name: 'Write' },
      tool_input: { file_path: join(root, file), content: text },
    };
    const cli = resolve('dist', 'cli.js');
    const input = JSON.stringify(payload);
    const { stdout } = spawnSync(process.execPath, [cli, 'hook', 'claude-code'], { cwd: root, env, input });
    return stdout.toString();
  };
  assert.match(ask(override, content), /"deny".*1 change outside the scope: changed service api, image/);
  assert.equal(ask(override, content.replace('api:', 'mail:')), '');
  assert.equal(ask('docker-compose.prod.yml', content), '');
});

test('who watches takes a new override file away where it changes what is accepted, and no other', async (t) => {
  const place = unguardedFolder(t, { [base]: accepted });
  const guarded = await startGuard(t, place);
  writeFileSync(join(place.root, 'compose.override.yml'), content.replace('api:', 'mail:'));
  writeFileSync(join(place.root, override), content);
  await until('it was told of', () => guarded.told().stdout.includes('Put back'));
  await until('it is gone', () => onDisk(place.root, override) === undefined);
  await pause(300);
  assert.equal(onDisk(place.root, override), undefined);
  assert.deepEqual(guarded.refusedVersions(), [content]);
  assert.match(guarded.told().stdout, /image/);
  assert.notEqual(onDisk(place.root, 'compose.override.yml'), undefined);
});
