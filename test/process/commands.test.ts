import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { CommandEffects, Content } from '../../src/core/commands/effects.ts';
import { readCommand } from '../../src/core/commands/readCommand.ts';
import { fileGroups } from '../unit/core/commands/fileRows.ts';
import { contextIn, folderFiles } from '../unit/core/commands/folder.ts';
import { harmlessRuns } from '../unit/core/commands/harmlessRows.ts';

const places: string[] = [];
after(() => {
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

const run = fileGroups.flatMap(({ commands }) => commands);
const counts = { run: 0, exact: 0 };

for (const command of run) {
  test(`what was read of this command is what it did: ${command}`, (t) => {
    const { before, now, effects } = play(command);
    const changed = changedIn(before, now, effects);
    assert.deepEqual(missedIn(changed, effects), [], 'a file changed that was not foreseen');
    assert.notDeepEqual(changed, [], 'the command was to change a file');
    for (const path of changed) assertContent(path, before, now, effects);
    counts.run++;
    t.diagnostic('run');
  });
}

for (const command of harmlessRuns) {
  test(`this command was said to do nothing, and did nothing: ${command}`, () => {
    const { before, now, effects } = play(command);
    assert.deepEqual(changedIn(before, now, effects), []);
    counts.run++;
  });
}

test('the commands were run', (t) => {
  assert.ok(counts.run >= 60);
  t.diagnostic(
    `command sweep: ${counts.run} commands run in bash, ${counts.exact} contents foreseen to the byte`,
  );
});

interface Played {
  readonly before: ReadonlyMap<string, string>;
  readonly now: ReadonlyMap<string, string>;
  readonly effects: CommandEffects;
}

function play(command: string): Played {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-command-')));
  places.push(place);
  for (const [name, text] of Object.entries(folderFiles)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), text);
  }
  const env = { PATH: process.env.PATH ?? '', HOME: place, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' };
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...author, 'commit', '-qm', 'x'],
  ]) {
    spawnSync('git', args, { cwd: place, env });
  }
  const before = textsBelow(place);
  const effects = readCommand(command, contextIn(place, place));
  const { error } = spawnSync('bash', ['-c', command], { cwd: place, env, timeout: 20_000 });
  assert.equal(error, undefined);
  return { before, now: textsBelow(place), effects };
}

function textsBelow(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter(
    (entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.parentPath.includes('.git'),
  );
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter(existsSync)
      .map((path) => [path, readFileSync(path, 'latin1')]),
  );
}

/** The protected files whose bytes are others now. */
function changedIn(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  _: CommandEffects,
): string[] {
  const paths = new Set([...before.keys(), ...now.keys()]);
  return [...paths].filter((path) => /compose\.ya?ml$/.test(path) && before.get(path) !== now.get(path));
}

function missedIn(changed: readonly string[], { writes, removes, git }: CommandEffects): string[] {
  const named = new Set(
    [...writes, ...removes].map(({ path }) => path).concat(git.flatMap(({ paths }) => paths)),
  );
  const anyByGit = git.some(({ paths }) => paths.length === 0);
  return anyByGit ? [] : changed.filter((path) => !named.has(path));
}

function assertContent(
  path: string,
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  { writes, removes }: CommandEffects,
): void {
  const last = writes.findLast((write) => write.path === path);
  if (last === undefined) {
    assert.ok(removes.some((removal) => removal.path === path));
    assert.equal(now.get(path), undefined);
    return;
  }
  const foreseen = foreseenText(last.content, path, before);
  if (foreseen === undefined) return;
  assert.equal(now.get(path), foreseen);
  counts.exact++;
}

function foreseenText(
  content: Content,
  path: string,
  before: ReadonlyMap<string, string>,
): string | undefined {
  switch (content.is) {
    case 'text':
      return content.text;
    case 'appended':
      return (before.get(path) ?? '') + content.text;
    case 'copy':
      return before.get(content.of);
    case 'sed':
      return spawnSync('sed', ['--sandbox', ...content.args], {
        input: before.get(path) ?? '',
        encoding: 'latin1',
      }).stdout;
    default:
      return undefined;
  }
}
