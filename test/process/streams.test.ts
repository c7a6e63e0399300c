import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openAudit } from '../../src/store/audit.ts';
import { openStore } from '../../src/store/open.ts';

const cli = resolve('dist', 'cli.js');
const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');

function folder(t: TestContext): { readonly path: string; readonly env: NodeJS.ProcessEnv } {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-streams-')));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  mkdirSync(join(base, 'work'));
  return { path: join(base, 'work'), env: { ...process.env, INFRAHOLD_STATE_HOME: base, NO_COLOR: '1' } };
}

function many(count: number): string {
  const services = Array.from({ length: count }, (_, index) => `  s${index}:\n    image: nginx:${index}\n`);
  return `services:\n${services.join('')}`;
}

test('a long output arrives whole through a pipe', (t) => {
  const { path, env } = folder(t);
  writeFileSync(join(path, 'compose.yml'), many(2_000));
  const args = [cli, 'diff', '/dev/null', 'compose.yml', '--format', 'json'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: path, env, maxBuffer: 1e8 });
  assert.equal(status, 1);
  assert.equal(JSON.parse(stdout.toString()).changes.length, 2_000);
});

test('a reader that goes away is no failure and leaves no trace', async (t) => {
  const { path, env } = folder(t);
  writeFileSync(join(path, 'compose.yml'), many(2_000));
  const args = [cli, 'diff', '/dev/null', 'compose.yml', '--format', 'json'];
  const child = spawn(process.execPath, args, { cwd: path, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = await once(child, 'close');
  assert.deepEqual([code, stderr], [1, '']);
});

test('a watched folder is guarded until the watch is told to end', async (t) => {
  const { path, env } = folder(t);
  const file = join(path, 'docker-compose.yml');
  const before = incident('docker-compose.yml');
  writeFileSync(file, before);
  const child = spawn(process.execPath, [cli, 'watch'], {
    cwd: path,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  let told = '';
  child.stdout.on('data', (chunk) => {
    told += chunk;
  });
  await until(() => told.includes('Guarding 1 protected file'));
  writeFileSync(file, incident('ai-edit.yml'));
  await until(() => told.includes('Put back'));
  assert.equal(readFileSync(file, 'utf8'), before);
  assert.match(told, /HELD docker-compose\.yml: 11 changes nobody asked for, 4 with data loss/);
  writeFileSync(file, `# only a remark\n${before}`);
  await delay(500);
  assert.match(readFileSync(file, 'utf8'), /^# only a remark/);
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  const restore = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'restore', ...args], { cwd: path, env }).stdout.toString();
  assert.equal(restore(restore().slice(0, 8)), incident('ai-edit.yml'));
});

async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 20) {
    assert.ok(waited < 15_000, 'it never happened');
    await delay(20);
  }
}

test('log --verify says whether the record is whole, and which line is not', (t) => {
  const { path, env } = folder(t);
  writeFileSync(join(path, 'compose.yml'), many(2));
  const payload = JSON.stringify({
    hook_event_name: 'PreToolUse',
    session_id: 's',
    cwd: path,
    tool_name: 'Write',
    tool_input: { file_path: join(path, 'compose.yml'), content: many(1) },
  });
  const infrahold = (args: readonly string[], input = '') =>
    spawnSync(process.execPath, [cli, ...args], { cwd: path, env, input, encoding: 'utf8' });
  infrahold(['hook', 'claude-code'], payload);
  const whole = infrahold(['log', '--verify']);
  assert.match(whole.stdout, /The record is whole: [1-9]\d* records/);
  assert.equal(whole.status, 0);
  const [audit = ''] = readdirSync(env.INFRAHOLD_STATE_HOME ?? '', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('audit.jsonl'))
    .map((name) => join(env.INFRAHOLD_STATE_HOME ?? '', name));
  const text = readFileSync(audit, 'utf8');
  writeFileSync(audit, text.replace('"event":"held"', '"event":"passed"'));
  const changed = infrahold(['log', '--verify', '--format', 'json']);
  assert.equal(changed.status, 1);
  const { intact, problems } = JSON.parse(changed.stdout);
  assert.equal(intact, false);
  assert.match(problems[0].message, /changed after it was written/);
  writeFileSync(audit, text.split('\n').slice(1).join('\n'));
  assert.equal(infrahold(['log', '--verify']).status, 1);
});

test('log --verify says that records were let go, and is not content where somebody took more away', async (t) => {
  const { path, env } = folder(t);
  const { directory } = await openStore(path, { stateHome: env.INFRAHOLD_STATE_HOME ?? '' });
  const audit = openAudit(directory, assert.fail, 1_000);
  for (let at = 0; at < 40; at++) await audit.append({ at, event: 'passed', path: 'compose.yml' });
  await audit.evict(3_000);
  const verify = () =>
    spawnSync(process.execPath, [cli, 'log', '--verify'], { cwd: path, env, encoding: 'utf8' });
  const { status, stdout } = verify();
  assert.match(
    stdout,
    /^Records before number \d+ were let go on \d{4}-.* for their size\.\nThe record is whole/,
  );
  assert.equal(status, 0);
  const [oldest = ''] = readdirSync(directory).filter((name) => /^audit-\d+\.jsonl$/.test(name));
  rmSync(join(directory, oldest));
  const spoiled = verify();
  assert.match(spoiled.stdout, /^line 1: the beginning was cut off/);
  assert.equal(spoiled.status, 1);
});
