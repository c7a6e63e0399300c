import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { accepted, onDisk, pause, refused, startGuard, unguardedFolder, until } from './guardedFolder.ts';

const paths = Array.from({ length: 50 }, (_, index) => `s${index}/compose.yml`);

/** Two branches that differ in fifty protected files, with `main` checked out and the guard at work. */
async function guardedRepository(t: TestContext) {
  const place = unguardedFolder(t, Object.fromEntries(paths.map((path) => [path, accepted])));
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: place.root, env: place.env, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'A Person');
  git('config', 'user.email', 'person@example.org');
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  git('checkout', '--quiet', '-b', 'next');
  for (const path of paths) writeFileSync(join(place.root, path), refused);
  git('commit', '--quiet', '--all', '--message=two');
  git('checkout', '--quiet', 'main');
  // The last movement of HEAD must be an old one before the guard begins.
  await pause(1_100);
  return { git, ...(await startGuard(t, place)) };
}

const committed: Record<string, (git: (...args: string[]) => string) => void> = {
  checkout: (git) => git('checkout', '--quiet', 'next'),
  merge: (git) => git('merge', '--quiet', 'next'),
  'reset --hard': (git) => git('reset', '--quiet', '--hard', 'next'),
  rebase: (git) => git('rebase', '--quiet', 'next'),
  pull: (git) => git('pull', '--quiet', '.', 'next'),
};

for (const [command, run] of Object.entries(committed)) {
  test(`what git ${command} writes is accepted, fifty files at once`, async (t) => {
    const guarded = await guardedRepository(t);
    run(guarded.git);
    await pause(1_500);
    for (const path of paths) assert.equal(onDisk(guarded.root, path), refused, path);
    assert.doesNotMatch(guarded.told().stdout, /HELD/);
    // Accepted for good: the content before is now the one that nobody asked for.
    writeFileSync(join(guarded.root, 's7/compose.yml'), accepted.replace('api:1', 'api:9'));
    await until('it was told of', () => guarded.told().stdout.includes('Put back'));
    await until('it is as git left it', () => onDisk(guarded.root, 's7/compose.yml') === refused);
  });
}

test('what git apply leaves and no commit holds is put back', async (t) => {
  const guarded = await guardedRepository(t);
  const patch = guarded.git('diff', 'main', 'next', '--', 's3/compose.yml');
  const file = join(guarded.root, 'change.patch');
  writeFileSync(file, patch.replace('api:2', 'api:3').replace(/^index .*$/m, ''));
  guarded.git('apply', 'change.patch');
  await until('it was told of', () => guarded.told().stdout.includes('Put back'));
  await until('it is as accepted', () => onDisk(guarded.root, 's3/compose.yml') === accepted);
  assert.deepEqual(guarded.refusedVersions(), [accepted.replace('api:1', 'api:3')]);
});
