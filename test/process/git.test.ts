import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';

const compose = 'docker-compose.yml';
const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');
const scope = ['--scope', 'remove service l9-postgres'];

interface Repository {
  write(name: string, content: string): void;
  remove(name: string): void;
  git(...args: string[]): void;
  check(...args: string[]): {
    readonly exit: number | null;
    readonly stdout: string;
    readonly stderr: string;
  };
}

function repository(t: TestContext, files: Readonly<Record<string, string>>): Repository {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-git-')));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  const folder = join(base, 'work');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: join(base, 'none'),
    GIT_CONFIG_NOSYSTEM: '1',
    NO_COLOR: '1',
  };
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid'];
  const git = (...args: string[]) => {
    execFileSync('git', [...who, ...args], { cwd: folder, env, stdio: 'ignore' });
  };
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
  git('init', '.');
  for (const [name, content] of Object.entries(files)) write(name, content);
  if (Object.keys(files).length > 0) {
    git('add', '.');
    git('commit', '-m', 'start');
  }
  return {
    write,
    remove: (name) => rmSync(join(folder, name)),
    git,
    // From a folder further down: the whole repository is meant wherever one stands.
    check: (...args) => {
      const cli = resolve('dist', 'cli.js');
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'check', ...args], {
        cwd: join(folder, 'sub'),
        env,
      });
      return { exit: status, stdout: stdout.toString(), stderr: stderr.toString() };
    },
  };
}

test('the index is judged against the last commit', (t) => {
  const { write, git, check } = repository(t, { [compose]: incident(compose) });
  write(compose, incident('ai-edit.yml'));
  assert.equal(check('--staged').exit, 0);
  git('add', '.');
  assert.equal(check('--staged', ...scope).exit, 1);
  write(compose, incident('asked-for.yml'));
  git('add', '.');
  assert.deepEqual(check('--staged', ...scope).exit, 0);
});

test('before the first commit everything in the index is new', (t) => {
  const { write, git, check } = repository(t, {});
  write(compose, incident(compose));
  git('add', '.');
  const { exit, stdout } = check('--staged');
  assert.equal(exit, 1);
  assert.match(stdout, /added service l9-redis/);
});

test('the work tree is judged against a revision, files that git does not know included', (t) => {
  const { write, check } = repository(t, { 'notes.md': 'x\n' });
  assert.deepEqual(check('--base', 'HEAD'), {
    exit: 0,
    stdout: 'No protected file changed in meaning (0 files looked at).\n',
    stderr: '',
  });
  write(compose, incident(compose));
  assert.equal(check('--base', 'HEAD').exit, 1);
});

test('a removed file is judged as all that it takes away', (t) => {
  const { remove, check } = repository(t, { [compose]: incident(compose) });
  remove(compose);
  const { exit, stdout } = check('--base', 'HEAD');
  assert.equal(exit, 1);
  assert.match(stdout, /removed volume l9-redis-data {2}data loss/);
});

test('several files make one JSON object that tells which change is in which file', (t) => {
  const web = 'services:\n  web:\n    image: nginx:1\n';
  const { write, check } = repository(t, { 'compose.yml': web, [compose]: incident(compose) });
  write('compose.yml', web.replace('nginx:1', 'nginx:2'));
  write(compose, incident('asked-for.yml'));
  const { exit, stdout } = check('--base', 'HEAD', '--format', 'json', ...scope);
  const result = JSON.parse(stdout);
  assert.equal(exit, 1);
  assert.equal(result.verdict, 'deny');
  assert.equal(result.changes.length, 3);
  assert.deepEqual(
    result.files.map((file: { file: string; verdict: string }) => [file.file, file.verdict]),
    [
      ['compose.yml', 'deny'],
      [compose, 'allow'],
    ],
  );
});

test('a file that cannot be judged speaks for all', (t) => {
  const { write, check } = repository(t, { [compose]: incident(compose), 'compose.yml': 'services: {}\n' });
  write(compose, incident('ai-edit.yml'));
  write('compose.yml', 'services: "\n');
  const { exit, stderr } = check('--base', 'HEAD');
  assert.equal(exit, 3);
  assert.match(stderr, /^compose\.yml:\d+:\d+: /);
});

test('an edit cannot take a file out of protection and change it at the same time', (t) => {
  const { write, git, check } = repository(t, { [compose]: incident(compose) });
  write('.infrahold.yml', `ignore: ["${compose}"]\n`);
  write(compose, incident('ai-edit.yml'));
  assert.equal(check('--base', 'HEAD').exit, 1);
  git('add', '.infrahold.yml');
  git('commit', '-m', 'a person takes it out of protection');
  assert.equal(check('--base', 'HEAD').exit, 0);
});

test('a revision that git does not know is wrong usage', (t) => {
  const { check } = repository(t, { [compose]: incident(compose) });
  const { exit, stderr } = check('--base', 'no-such-branch');
  assert.equal(exit, 2);
  assert.match(stderr, /git knows no revision "no-such-branch"/);
});

test('a file name that git would quote is taken as it is', (t) => {
  const { write, check } = repository(t, { 'compose.ä "x".yml': 'services: {}\n' });
  write('compose.ä "x".yml', 'services:\n  web:\n    image: nginx\n');
  const { exit, stdout } = check('--base', 'HEAD');
  assert.equal(exit, 1);
  assert.match(stdout, /compose\.ä "x"\.yml/);
});
