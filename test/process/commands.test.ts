import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CommandEffects, Content } from '../../src/core/commands/effects.ts';
import { commandMayMatter } from '../../src/core/commands/mayMatter.ts';
import { readCommand } from '../../src/core/commands/readCommand.ts';
import { fileGroups } from '../unit/core/commands/fileRows.ts';
import { contextIn, folderFiles } from '../unit/core/commands/folder.ts';
import { harmlessRuns } from '../unit/core/commands/harmlessRows.ts';
import { hiddenRuns } from '../unit/core/commands/hiddenRows.ts';
import { madeCommand } from '../unit/core/commands/madeCommands.ts';
import { chanceFrom } from '../unit/core/mutation/chance.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-commands-')));
const template = join(base, 'template');
const env = { PATH: process.env.PATH ?? '', HOME: base, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' };
before(makeTemplate);
after(() => rmSync(base, { recursive: true, force: true }));

const run = fileGroups.flatMap(({ commands }) => commands);
const counts = { run: 0, exact: 0 };

for (const command of run) {
  test(`what was read of this command is what it did: ${command}`, () => {
    const { before, now, effects } = play(command);
    const changed = changedIn(before, now);
    assert.deepEqual(missedIn(changed, effects), [], 'a file changed that was not foreseen');
    assert.notDeepEqual(changed, [], 'the command was to change a file');
    for (const path of changed) assertContent(path, before, now, effects);
    counts.run++;
  });
}

for (const command of hiddenRuns) {
  test(`no file changes that was not foreseen: ${command}`, () => {
    const { before, now, effects } = play(command);
    const changed = changedIn(before, now);
    assert.deepEqual(missedIn(changed, effects), []);
    assert.notDeepEqual(changed, [], 'the command was to change a file');
    counts.run++;
  });
}

for (const command of harmlessRuns) {
  test(`this command was said to do nothing, and did nothing: ${command}`, () => {
    const { before, now } = play(command);
    assert.deepEqual(changedIn(before, now), []);
    counts.run++;
  });
}

test('of commands that nobody has written, none changes a file that was not foreseen', (t) => {
  const count = process.env.INFRAHOLD_SWEEP === 'all' ? 10_000 : 300;
  const chance = chanceFrom(1, 'commands');
  const missed: string[] = [];
  let changing = 0;
  for (let at = 0; at < count; at++) {
    const command = madeCommand(chance);
    const { before, now, effects } = play(command);
    // A glob that matches nothing is a name itself, and a file that comes anew takes nothing away.
    const changed = changedIn(before, now).filter((path) => before.has(path));
    if (changed.length === 0) continue;
    changing++;
    // What is not known is held.
    const isForeseen = effects.unknown.length > 0 || missedIn(changed, effects).length === 0;
    if (!isForeseen || !commandMayMatter(command)) missed.push(command);
  }
  assert.deepEqual(missed, []);
  assert.ok(changing > count / 2);
  t.diagnostic(`made command sweep: ${changing} of ${count} changed a file, all foreseen`);
});

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

function makeTemplate(): void {
  for (const [name, text] of Object.entries(folderFiles)) {
    mkdirSync(dirname(join(template, name)), { recursive: true });
    writeFileSync(join(template, name), text);
  }
  const commit = ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'x'];
  for (const args of [['init', '-q'], ['add', '-A'], commit]) spawnSync('git', args, { cwd: template, env });
}

/** The folder has a place of its own above it, where a command may put something. */
function play(command: string): Played {
  const above = mkdtempSync(join(base, 'place-'));
  const place = join(above, 'project');
  cpSync(template, place, { recursive: true });
  const before = textsBelow(place);
  const effects = readCommand(command, contextIn(place, place));
  const { error } = spawnSync('bash', ['-c', command], {
    cwd: place,
    env: { ...env, HOME: place },
    timeout: 20_000,
  });
  assert.equal(error, undefined);
  const now = textsBelow(place);
  rmSync(above, { recursive: true, force: true });
  return { before, now, effects };
}

function textsBelow(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.startsWith('.git'),
  );
  const files = paths
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isFile());
  return new Map(files.map((path) => [path, readFileSync(path, 'latin1')]));
}

/** The protected files whose bytes are others now. */
function changedIn(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
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
