import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { accepted, onDisk, pause, refused, startGuard, unguardedFolder, until } from './guardedFolder.ts';

const name = 'compose.yml';
const skip = process.platform === 'win32';

/** A folder that was watched, and is not any more: the guard was killed in the middle of its life. */
async function leftFolder(t: TestContext, files: Readonly<Record<string, string>> = { [name]: accepted }) {
  const place = unguardedFolder(t, files);
  const { root, env } = place;
  const infrahold = (...args: string[]) =>
    spawnSync(process.execPath, [resolve('dist', 'cli.js'), ...args], { cwd: root, env, encoding: 'utf8' });
  const git = (...args: string[]) => {
    execFileSync('git', args, { cwd: root, env, stdio: 'pipe' });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'A Person');
  git('config', 'user.email', 'person@example.org');
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  const guard = await startGuard(t, place);
  await guard.kill('SIGKILL');
  return {
    root,
    infrahold,
    git,
    write: (path: string, content: string) => writeFileSync(join(root, path), content),
    events: (path: string): readonly string[] =>
      JSON.parse(infrahold('log', '--format', 'json').stdout)
        .records.filter((one: { readonly path?: string }) => one.path === path)
        .map(({ event }: { readonly event: string }) => event),
    /** Starts a guard again, and gives what it says at the start. */
    comeBack: async () => {
      const again = await startGuard(t, place);
      return { said: again.told().stdout, ...again };
    },
  };
}

test('what changed while nobody watched is one question; put back by a person it is undone for good', {
  skip,
}, async (t) => {
  const left = await leftFolder(t);
  left.write(name, refused);
  const { said, told, refusedVersions } = await left.comeBack();
  assert.match(said, /HELD compose\.yml: 1 change nobody asked for/);
  assert.match(said, /1 file changed while nobody watched, and nothing was undone/);
  await pause(300);
  assert.equal(onDisk(left.root, name), refused);
  const { status, stderr } = left.infrahold('restore', '--accepted', name);
  assert.equal(status, 0);
  assert.match(stderr, /compose\.yml: it is again as it was accepted/);
  assert.equal(onDisk(left.root, name), accepted);
  assert.deepEqual(refusedVersions(), [refused]);
  // The question is answered: whoever makes the same change now finds the guard awake.
  left.write(name, refused);
  await until('it was put back', () => onDisk(left.root, name) === accepted);
  await pause(300);
  assert.deepEqual(left.events(name), ['baseline-taken', 'held', 'restored', 'restored']);
  assert.equal(told().stderr, '');
});

test('what a person puts back by hand is an answer, too', { skip }, async (t) => {
  const left = await leftFolder(t);
  left.write(name, refused);
  await left.comeBack();
  left.write(name, accepted);
  await pause(500);
  left.write(name, refused);
  await until('it was put back', () => onDisk(left.root, name) === accepted);
  await pause(300);
});

test('what a person committed meanwhile is accepted without a word, and only the rest is asked about', {
  skip,
}, async (t) => {
  const left = await leftFolder(t, {
    [name]: accepted,
    'b/compose.yml': accepted,
    'c/compose.yml': accepted,
  });
  left.write(name, refused);
  rmSync(join(left.root, 'c/compose.yml'));
  left.git('commit', '--quiet', '--all', '--message=two');
  left.write('b/compose.yml', refused);
  const { said } = await left.comeBack();
  assert.match(said, /1 file changed while nobody watched/);
  assert.match(said, /HELD b\/compose\.yml/);
  assert.deepEqual(
    [left.events(name), left.events('c/compose.yml')].map((all) => all.at(-1)),
    ['committed', 'committed'],
  );
  assert.deepEqual(left.events('b/compose.yml'), ['baseline-taken', 'held']);
  // Committed is accepted for good.
  left.write(name, accepted.replace('redis:7', 'redis:8'));
  await until('it was put back to what was committed', () => onDisk(left.root, name) === refused);
  await pause(300);
});

test('a file that was deleted, and one that was renamed, are asked about and can be had back', {
  skip,
}, async (t) => {
  const left = await leftFolder(t, { [name]: accepted, 'b/compose.yml': accepted });
  rmSync(join(left.root, name));
  mkdirSync(join(left.root, 'moved'));
  renameSync(join(left.root, 'b/compose.yml'), join(left.root, 'moved/compose.yml'));
  const { said } = await left.comeBack();
  assert.match(said, /2 files changed while nobody watched/);
  for (const path of [name, 'b/compose.yml']) {
    assert.equal(onDisk(left.root, path), undefined, 'nothing is undone before the answer');
    assert.equal(left.infrahold('restore', '--accepted', path).status, 0);
    assert.equal(onDisk(left.root, path), accepted);
  }
  // Where it went it is a new file, which is taken as it is and guarded from now on.
  left.write('moved/compose.yml', refused);
  await until('it was put back', () => onDisk(left.root, 'moved/compose.yml') === accepted);
  await pause(300);
});

test('many files that changed are one list and not many reports', { skip }, async (t) => {
  const paths = Array.from({ length: 40 }, (_, index) => `s${index}/compose.yml`);
  const left = await leftFolder(t, Object.fromEntries(paths.map((path) => [path, accepted])));
  for (const path of paths) left.write(path, refused);
  const { said } = await left.comeBack();
  assert.equal(said.match(/changed while nobody watched/g)?.length, 1);
  assert.equal(said.match(/^s\d+\/compose\.yml: 1 change \(kept as [0-9a-f]{20}\)$/gm)?.length, 40);
});

test('a policy that was changed or made meanwhile does not count before a person has accepted it', {
  skip,
}, async (t) => {
  const letGo = "ignore: ['**']\n";
  for (const before of [{}, { '.infrahold.yml': "protect: ['*.conf']\n" }]) {
    const left = await leftFolder(t, { [name]: accepted, 'a.conf': 'a\n', ...before });
    left.write('.infrahold.yml', letGo);
    left.write(name, refused);
    const { said, kill } = await left.comeBack();
    assert.match(said, /2 files changed while nobody watched/);
    assert.match(said, /\.infrahold\.yml/);
    assert.equal(left.infrahold('restore', '--accepted', name).status, 0);
    left.write(name, refused);
    await until('it was put back', () => onDisk(left.root, name) === accepted);
    await kill('SIGKILL');
    // Committed by a person it counts from the next start on.
    left.git('add', '.');
    left.git('commit', '--quiet', '--message=policy');
    await (await left.comeBack()).kill('SIGKILL');
    left.write(name, refused);
    assert.match((await left.comeBack()).said, /^Guarding [01] protected files? /);
  }
});

test('an accepted version that there is none of is a plain message', { skip }, async (t) => {
  const left = await leftFolder(t);
  const { status, stderr } = left.infrahold('restore', '--accepted', 'other.yml');
  assert.equal(status, 2);
  assert.match(stderr, /no version of other\.yml was accepted here/);
});
