import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gitCommits } from '../../../src/disk/commits.ts';
import { bytes, median, otherProcess, pause, temporaryFolder, write } from './temporaryFolder.ts';

const accepted = 'services:\n  api: {}\n';

function repository(t: TestContext): { readonly root: string; readonly git: (...args: string[]) => string } {
  const root = temporaryFolder(t);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'A Person');
  git('config', 'user.email', 'person@example.org');
  write(root, 'compose.yml', accepted);
  write(root, 'deploy/compose.yml', accepted);
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  return { root, git };
}

/** Makes the last movement of HEAD an old one. */
function settle(root: string): void {
  for (const name of ['HEAD', 'index', 'logs/HEAD']) utimesSync(join(root, '.git', name), 1_000, 1_000);
}

test('only the committed bytes at that path are committed', async (t) => {
  const { root } = repository(t);
  const { holds } = gitCommits(root);
  settle(root);
  assert.equal(await holds('compose.yml', bytes(accepted)), true);
  assert.equal(await holds('deploy/compose.yml', bytes(accepted)), true);
  assert.equal(await holds('compose.yml', bytes(`${accepted}#`)), false);
  assert.equal(await holds('compose.yml', bytes(accepted.slice(1))), false);
  assert.equal(await holds('compose.yml', bytes('')), false);
  assert.equal(await holds('other.yml', bytes(accepted)), false);
});

test('an answer costs a few milliseconds', async (t) => {
  const { root } = repository(t);
  const { holds } = gitCommits(root);
  settle(root);
  const times = { yes: [] as number[], no: [] as number[] };
  for (let round = 0; round < 20; round++) {
    for (const [key, content] of [
      ['yes', accepted],
      ['no', 'x'],
    ] as const) {
      const started = performance.now();
      await holds('compose.yml', bytes(content));
      times[key].push(performance.now() - started);
    }
  }
  t.diagnostic(
    `yes: median ${median(times.yes).toFixed(1)} ms, no: median ${median(times.no).toFixed(1)} ms`,
  );
  assert.ok(Math.min(...times.no) < 200);
});

test('a workspace that is a part of the repository is asked about its own files', async (t) => {
  const { root } = repository(t);
  const { holds } = gitCommits(join(root, 'deploy'));
  assert.equal(await holds('compose.yml', bytes(accepted)), true);
});

test('a folder without a repository, without a commit, or without git holds nothing', async (t) => {
  const plain = temporaryFolder(t);
  assert.equal(await gitCommits(plain).holds('compose.yml', bytes('x')), false);
  assert.equal(await gitCommits(plain).holds('compose.yml', undefined), false);
  execFileSync('git', ['init', '--quiet'], { cwd: plain });
  assert.equal(await gitCommits(plain).holds('compose.yml', bytes('x')), false);
  assert.equal(await gitCommits(plain).holds('compose.yml', undefined), false);
  const { root } = repository(t);
  const { PATH } = process.env;
  process.env.PATH = plain;
  try {
    assert.equal(await gitCommits(root).holds('compose.yml', bytes(accepted)), false);
  } finally {
    process.env.PATH = PATH;
  }
});

test('variables that name another repository are not followed', async (t) => {
  const { root } = repository(t);
  process.env.GIT_DIR = join(temporaryFolder(t), 'none');
  try {
    assert.equal(await gitCommits(root).holds('compose.yml', bytes(accepted)), true);
  } finally {
    delete process.env.GIT_DIR;
  }
});

test('the bytes a checkout writes count, with the line ends it writes', async (t) => {
  const { root, git } = repository(t);
  write(root, '.gitattributes', '*.yml text eol=crlf\n');
  git('add', '.');
  git('commit', '--quiet', '--message=ends');
  rmSync(join(root, 'compose.yml'));
  git('checkout', '--quiet', '--', 'compose.yml');
  const content = readFileSync(join(root, 'compose.yml'));
  assert.ok(content.includes('\r\n'));
  assert.equal(await gitCommits(root).holds('compose.yml', content), true);
});

test('what a filter of the repository makes of a file counts as committed, the stored text does not', async (t) => {
  const { root, git } = repository(t);
  git('config', 'filter.case.clean', 'tr a-z A-Z');
  git('config', 'filter.case.smudge', 'tr A-Z a-z');
  write(root, '.gitattributes', 'deploy/*.yml filter=case\n');
  write(root, 'deploy/compose.yml', 'api: {}\n');
  git('add', '.');
  git('commit', '--quiet', '--message=filtered');
  const { holds } = gitCommits(root);
  assert.equal(await holds('deploy/compose.yml', bytes('api: {}\n')), true);
  assert.equal(await holds('deploy/compose.yml', bytes('API: {}\n')), false);
});

test('two hundred questions at once are answered soon, each for its own file', async (t) => {
  const { root, git } = repository(t);
  const paths = Array.from({ length: 200 }, (_, index) => `k8s/${index % 20} é/${index}.yml`);
  for (const path of paths) write(root, path, `path: ${path}\n`);
  git('add', '.');
  git('commit', '--quiet', '--message=many');
  settle(root);
  const { holds } = gitCommits(root);
  const started = performance.now();
  const answers = paths.map((path, index) => holds(path, bytes(index % 3 === 0 ? 'x' : `path: ${path}\n`)));
  const expected = paths.map((_, index) => index % 3 !== 0);
  assert.deepEqual(await Promise.all(answers), expected);
  t.diagnostic(`${(performance.now() - started).toFixed(0)} ms`);
  assert.equal(await holds('k8s', bytes('x')), false, 'a folder');
  assert.equal(await holds('a\nb', bytes('x')), false, 'a name with a line end');
});

test('a linked worktree has a HEAD of its own', async (t) => {
  const { root, git } = repository(t);
  const other = join(temporaryFolder(t), 'other');
  git('worktree', 'add', '--quiet', '-b', 'other', other);
  write(other, 'compose.yml', 'other\n');
  execFileSync('git', ['commit', '--quiet', '--all', '--message=other'], { cwd: other });
  assert.equal(await gitCommits(other).holds('compose.yml', bytes('other\n')), true);
  assert.equal(await gitCommits(root).holds('compose.yml', bytes('other\n')), false);
});

test('while another branch is checked out, its content is committed content', async (t) => {
  const { root, git } = repository(t);
  git('checkout', '--quiet', '-b', 'other');
  write(root, 'compose.yml', 'services:\n  other: {}\n');
  rmSync(join(root, 'deploy/compose.yml'));
  for (let index = 0; index < 3_000; index++) write(root, `many/${index % 50}/${index}.txt`, `${index}`);
  git('add', '--all');
  git('commit', '--quiet', '--message=two');
  git('checkout', '--quiet', 'main');
  settle(root);
  const checkout = await otherProcess(
    t,
    root,
    `const run = require('node:child_process').spawn('git', ['checkout', '--quiet', 'other'], { cwd: file });
     let isOver = false; const over = new Promise((done) => run.on('exit', () => { isOver = true; done(); }));
     const seen = () => { try { return fs.readFileSync(file + '/compose.yml', 'utf8').includes('other'); } catch {} };
     while (!seen() && !isOver) await pause(1);
     begun(); await over;`,
  );
  const { holds } = gitCommits(root);
  const head = readFileSync(join(root, '.git/HEAD'), 'utf8').trim();
  t.diagnostic(`asked while HEAD was ${head}`);
  const started = performance.now();
  assert.equal(await holds('compose.yml', bytes('services:\n  other: {}\n')), true);
  t.diagnostic(`answered after ${(performance.now() - started).toFixed(0)} ms`);
  assert.equal(await holds('deploy/compose.yml', undefined), true);
  await checkout.ended;
});

test('a lock that stays holds up the answer for a second, and one that was left long ago not at all', async (t) => {
  const { root } = repository(t);
  const lock = join(root, '.git/index.lock');
  const ask = async () => {
    settle(root);
    const started = performance.now();
    assert.equal(await gitCommits(root).holds('compose.yml', bytes('x')), false);
    return performance.now() - started;
  };
  writeFileSync(lock, '');
  const fresh = await ask();
  utimesSync(lock, 1_000, 1_000);
  const old = Math.min(await ask(), await ask(), await ask());
  t.diagnostic(`fresh ${fresh.toFixed(0)} ms, old ${old.toFixed(0)} ms`);
  assert.ok(fresh > 900 && fresh < 2_500 && old < 700);
});

test('what HEAD held a moment ago is committed content, for a rebase moves on quickly', async (t) => {
  const { root, git } = repository(t);
  write(root, 'compose.yml', 'two\n');
  git('commit', '--quiet', '--all', '--message=two');
  write(root, 'compose.yml', 'three\n');
  git('commit', '--quiet', '--all', '--message=three');
  assert.equal(await gitCommits(root).holds('compose.yml', bytes('two\n')), true);
  assert.equal(await gitCommits(root).holds('compose.yml', bytes('four\n')), false);
});

test('a removal is committed only when git removed the file', async (t) => {
  const { root, git } = repository(t);
  const { holds } = gitCommits(root);
  write(root, '.gitignore', '.env\n');
  git('add', '.');
  git('commit', '--quiet', '--message=ignore');
  write(root, '.env', 'TOKEN=1\n');
  git('add', '--force', '.env');
  git('commit', '--quiet', '--message=slip');
  git('rm', '--quiet', '--cached', '.env');
  git('rm', '--quiet', '-r', 'deploy');
  git('commit', '--quiet', '--message=away');
  assert.equal(await holds('deploy/compose.yml', undefined), true);
  assert.equal(await holds('compose.yml', undefined), false, 'HEAD has the file');
  assert.equal(await holds('never.yml', undefined), false, 'no commit ever had the file');
  assert.equal(await holds('.env', undefined), false, 'an ignored file is not removed by git');
});

test('a link is asked about under the name of its target', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { root, git } = repository(t);
  symlinkSync('deploy/compose.yml', join(root, 'link.yml'));
  git('add', '.');
  git('commit', '--quiet', '--message=link');
  assert.equal(await gitCommits(root).holds('link.yml', bytes(accepted)), true);
});

test('a repository inside the workspace answers for its own files', async (t) => {
  const { root } = repository(t);
  const inner = join(root, 'vendor/inner');
  mkdirSync(inner, { recursive: true });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: inner, stdio: 'pipe' });
  git('init', '--quiet');
  write(inner, 'compose.yml', 'inner\n');
  git('add', '.');
  git('-c', 'user.name=P', '-c', 'user.email=p@example.org', 'commit', '--quiet', '--message=inner');
  assert.equal(await gitCommits(root).holds('vendor/inner/compose.yml', bytes('inner\n')), true);
});

test('what was remembered of HEAD does not outlive a commit, another branch or other attributes', async (t) => {
  const { root, git } = repository(t);
  const { holds } = gitCommits(root);
  const age = () => settle(root);
  await pause(150);
  age();
  assert.equal(await holds('compose.yml', bytes(accepted)), true);
  assert.equal(await holds('compose.yml', bytes('two\n')), false);
  write(root, 'compose.yml', 'two\n');
  git('commit', '--quiet', '--all', '--message=two');
  assert.equal(await holds('compose.yml', bytes('two\n')), true);
  await pause(150);
  age();
  assert.equal(await holds('compose.yml', bytes('two\n')), true);
  git('pack-refs', '--all');
  git('checkout', '--quiet', '-b', 'old', 'HEAD~1');
  await pause(150);
  age();
  assert.equal(await holds('compose.yml', bytes('two\n')), false);
  assert.equal(await holds('compose.yml', bytes(accepted)), true);
  write(root, '.gitattributes', '*.yml text eol=crlf\n');
  assert.equal(await holds('compose.yml', bytes(accepted.replaceAll('\n', '\r\n'))), true);
});
