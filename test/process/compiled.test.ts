import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';

const name = 'compose.yml';
const before = 'services:\n  web:\n    image: web:1\n';
const after = 'services:\n  web:\n    image: web:2\n';

/** A folder in which the built hook refuses an edit, and what it keeps of itself. */
function place(t: TestContext) {
  const base = mkdtempSync(join(tmpdir(), 'infrahold-compiled-'));
  t.after(() => rmSync(base, { recursive: true, force: true, maxRetries: 5 }));
  const [folder, stateHome] = [join(base, 'work'), join(base, 'state')];
  for (const made of [folder, stateHome]) mkdirSync(made);
  writeFileSync(join(folder, name), before);
  const compiled = join(stateHome, 'infrahold', 'compiled');
  const files = () =>
    readdirSync(compiled, { recursive: true, encoding: 'utf8' })
      .map((file) => join(compiled, file))
      .filter((file) => statSync(file).isFile());
  const hook = (file: string, more: NodeJS.ProcessEnv = {}) => {
    const env = { ...process.env, NODE_OPTIONS: '', INFRAHOLD_STATE_HOME: stateHome, ...more };
    const input = JSON.stringify({
      ...{ session_id: 's', hook_event_name: 'PreToolUse', cwd: folder, tool_use_id: `${Math.random()}` },
      ...{ tool_name: 'Write', tool_input: { file_path: join(folder, file), content: after } },
    });
    const cli = resolve('dist', 'cli.js');
    const ran = spawnSync(process.execPath, [cli, 'hook', 'claude-code'], { input, cwd: folder, env });
    assert.deepEqual([ran.status, ran.stderr.toString()], [0, '']);
    return ran.stdout.toString();
  };
  const refuses = (more?: NodeJS.ProcessEnv) => assert.match(hook(name, more), /deny.*changed service web/);
  const times = () => Object.fromEntries(files().map((file) => [file, statSync(file).ctimeMs]));
  return { compiled, files, hook, refuses, times };
}

test('what was compiled is kept after the first two runs of each thing that a hook does', (t) => {
  const { hook, refuses, times, files } = place(t);
  assert.equal(hook('src/app.ts'), '');
  const other = times();
  assert.deepEqual(Object.keys(other).length, 1);
  refuses();
  const both = times();
  assert.ok(Object.keys(both).length > 2);
  assert.ok(Object.keys(other).every((file) => both[file] !== other[file]));
  assert.equal(hook('src/app.ts'), '');
  assert.ok(Object.keys(other).every((file) => times()[file] !== both[file]));
  refuses();
  const again = times();
  assert.ok(Object.keys(both).every((file) => again[file] !== both[file]));
  assert.equal(hook('src/app.ts'), '');
  refuses();
  assert.deepEqual(times(), again);
  assert.ok(files().every((file) => (statSync(file).mode & 0o077) === 0 || process.platform === 'win32'));
});

test('damaged compiled code is never run, and is made anew', (t) => {
  const { files, refuses } = place(t);
  refuses();
  const whole = files().map((file) => ({ file, content: readFileSync(file) }));
  const damages: readonly ((content: Buffer) => Buffer)[] = [
    (content) => content.subarray(0, content.length / 2),
    (content) => content.subarray(0, 5),
    () => Buffer.alloc(0),
    (content) => Buffer.alloc(content.length),
    ...[0, 4, 100, 5_000, -1, -5_000].map((at) => (content: Buffer) => {
      const changed = Buffer.from(content);
      const place = (at + content.length) % content.length;
      changed[place] = (changed[place] ?? 0) ^ 0xff;
      return changed;
    }),
    (content) => Buffer.concat([content, content]),
  ];
  for (const damage of damages) {
    for (const { file, content } of whole) writeFileSync(file, damage(content));
    refuses();
    refuses();
  }
  for (const { file } of whole) {
    rmSync(file);
    mkdirSync(file);
  }
  refuses();
});

test('compiled code that somebody else could have written is not run', {
  skip: process.platform === 'win32',
}, (t) => {
  const { files, refuses } = place(t);
  refuses();
  for (const file of files()) chmodSync(file, 0o666);
  refuses();
  assert.ok(files().every((file) => (statSync(file).mode & 0o077) === 0));
});

test('a Node with settings of its own keeps nothing', (t) => {
  const { files, refuses, compiled } = place(t);
  refuses({ NODE_OPTIONS: '--max-old-space-size=512' });
  assert.throws(() => readdirSync(compiled), { code: 'ENOENT' });
  refuses();
  assert.ok(files().length > 2);
  refuses({ NODE_OPTIONS: '--max-old-space-size=512' });
});

test('what other versions have kept goes when a new one comes, once it is old', (t) => {
  const { compiled, refuses } = place(t);
  for (const name of ['old', 'recent']) mkdirSync(join(compiled, name), { recursive: true });
  const longAgo = new Date(Date.now() - 31 * 24 * 3_600_000);
  utimesSync(join(compiled, 'old'), longAgo, longAgo);
  refuses();
  const names = readdirSync(compiled);
  assert.equal(names.includes('old'), false);
  assert.ok(names.includes('recent'));
  assert.equal(names.length, 2);
});
