import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openStore } from '../../src/store/open.ts';
import { accepted, onDisk, pause, refused, startGuard, unguardedFolder, until } from './guardedFolder.ts';

const paths = Array.from({ length: 50 }, (_, index) => `s${index}/compose.yml`);

/** Two branches that differ in fifty protected files, with `main` checked out and the guard at work. */
async function guardedRepository(t: TestContext) {
  const place = unguardedFolder(t, Object.fromEntries(paths.map((path) => [path, accepted])));
  const git = gitIn(place);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  git('checkout', '--quiet', '-b', 'next');
  for (const path of paths) writeFileSync(join(place.root, path), refused);
  git('commit', '--quiet', '--all', '--message=two');
  git('checkout', '--quiet', 'main');
  // The last movement of HEAD must be an old one before the guard begins.
  await pause(1_100);
  return { git, env: place.env, ...(await startGuard(t, place)) };
}

function gitIn({ root, env }: ReturnType<typeof unguardedFolder>) {
  const person = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.org'];
  return (...args: string[]) =>
    execFileSync('git', [...person, ...args], { cwd: root, env, encoding: 'utf8', stdio: 'pipe' });
}

/** Two services, far enough apart for two hunks. */
const spread = `services:\n  api:\n    image: api:1\n${'    # a remark\n'.repeat(12)}  redis:\n    image: redis:7\n`;
const isWindows = process.platform === 'win32';

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
    await until('all is accepted', () => paths.every((path) => guarded.accepted(path) === refused));
    // Accepted for good: the content before is now the one that nobody asked for.
    writeFileSync(join(guarded.root, 's7/compose.yml'), accepted.replace('api:1', 'api:9'));
    await until('it was told of', () => guarded.told().stdout.includes('Put back'));
    await until('it is as git left it', () => onDisk(guarded.root, 's7/compose.yml') === refused);
  });
}

/** Lets every image change, or nothing any more, as a person does in the editor. */
async function declare(
  { root, env }: Awaited<ReturnType<typeof guardedRepository>>,
  isOn: boolean,
): Promise<void> {
  const { scopes } = await openStore(root, { stateHome: env.INFRAHOLD_STATE_HOME ?? '' });
  const grants = [{ op: 'change', address: 'services.*.image' }] as const;
  await scopes.set(isOn ? { grants, declaredAt: Date.now(), expiresAt: Date.now() + 60_000 } : undefined);
}

test('git stash brings back what is committed; what git stash pop brings is judged, and kept whole', async (t) => {
  const guarded = await guardedRepository(t);
  const file = paths[9] ?? '';
  const later = accepted.replace('api:1', 'api:7');
  await declare(guarded, true);
  writeFileSync(join(guarded.root, file), later);
  await until('it was accepted', () => guarded.accepted(file) === later);
  await declare(guarded, false);
  guarded.git('stash');
  await until('the committed content was accepted', () => guarded.accepted(file) === accepted);
  assert.equal(onDisk(guarded.root, file), accepted);
  assert.doesNotMatch(guarded.told().stdout, /HELD/);
  guarded.git('stash', 'pop');
  await until('it was told of', () => guarded.told().stdout.includes('Put back'));
  await until('it is as committed', () => onDisk(guarded.root, file) === accepted);
  assert.deepEqual(guarded.refusedVersions(), [later]);
  // What somebody wants to have is in a scope, and then it passes by that road as by any other.
  await declare(guarded, true);
  guarded.git('checkout', '--quiet', '--', '.');
  writeFileSync(join(guarded.root, file), later);
  await until('it was accepted', () => guarded.accepted(file) === later);
  guarded.git('stash');
  await until('the committed content was accepted', () => guarded.accepted(file) === accepted);
  guarded.git('stash', 'pop');
  await until('it was accepted', () => guarded.accepted(file) === later);
  assert.equal(onDisk(guarded.root, file), later);
});

const slow: Record<string, readonly [hook: string, run: (git: (...args: string[]) => string) => void]> = {
  'checkout, before a slow post-checkout': ['post-checkout', (git) => git('checkout', '--quiet', 'next')],
  'merge, before a slow pre-merge-commit': [
    'pre-merge-commit',
    (git) => git('merge', '--quiet', '--no-ff', '--no-edit', 'next'),
  ],
  'merge, before a slow post-merge': ['post-merge', (git) => git('merge', '--quiet', 'next')],
  'cherry-pick, before a slow prepare-commit-msg': [
    'prepare-commit-msg',
    (git) => git('cherry-pick', 'next'),
  ],
  'rebase of a branch that has diverged, before a slow prepare-commit-msg': [
    'prepare-commit-msg',
    (git) => {
      git('commit', '--quiet', '--allow-empty', '--message=another');
      git('rebase', '--quiet', 'main', 'next');
    },
  ],
  'rebase, before a slow post-checkout': ['post-checkout', (git) => git('rebase', '--quiet', 'next')],
  'pull, before a slow post-merge': ['post-merge', (git) => git('pull', '--quiet', '.', 'next')],
};

for (const [what, [hook, run]] of Object.entries(slow)) {
  test(`what git writes in a ${what} hook, is accepted`, { skip: isWindows }, async (t) => {
    const guarded = await guardedRepository(t);
    const file = join(guarded.root, '.git/hooks', hook);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\nsleep 3\n', { mode: 0o755 });
    run(guarded.git);
    await pause(1_500);
    for (const path of paths) assert.equal(onDisk(guarded.root, path), refused, path);
    assert.doesNotMatch(guarded.told().stdout, /HELD/);
    await until('it was accepted', () => guarded.accepted(paths[3] ?? '') === refused);
  });
}

test('what git checkout -p leaves and no commit holds is put back', { skip: isWindows }, async (t) => {
  const place = unguardedFolder(t, { 'compose.yml': spread });
  const git = gitIn(place);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  git('checkout', '--quiet', '-b', 'next');
  writeFileSync(
    join(place.root, 'compose.yml'),
    spread.replace('api:1', 'api:2').replace('redis:7', 'redis:8'),
  );
  git('commit', '--quiet', '--all', '--message=two');
  git('checkout', '--quiet', 'main');
  await pause(1_100);
  const guarded = await startGuard(t, place);
  // The first of the two hunks is taken, the second is not.
  execFileSync('git', ['checkout', '-p', 'next', '--', 'compose.yml'], {
    cwd: place.root,
    env: place.env,
    input: 'y\nn\n',
    stdio: 'pipe',
  });
  await until('it was told of', () => guarded.told().stdout.includes('Put back'));
  await until('it is as accepted', () => onDisk(place.root, 'compose.yml') === spread);
  assert.deepEqual(guarded.refusedVersions(), [spread.replace('api:1', 'api:2')]);
});

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
