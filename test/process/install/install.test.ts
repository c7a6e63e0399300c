import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostIds } from '../../../src/agents/install/host.ts';
import { openPlace } from './place.ts';
import { layouts, rules, settings } from './settings.ts';

const hosts = [...hostIds];

for (const level of [[], ['--user']]) {
  test(`from nothing, ${level[0] ?? 'in the project'}: made, unchanged by a second run, and gone again`, (t) => {
    const place = openPlace(t);
    const empty = place.everything();
    assert.equal(place.run('install', ...hosts, ...level).exit, 0);
    const made = place.everything();
    for (const { host, file, userFile } of settings) {
      const path = level.length > 0 ? join(place.home, userFile) : hookFile(host, file);
      assert.match(place.read(path), /hook [a-z-]+"/, host);
    }
    const again = place.run('install', ...hosts, ...level);
    assert.equal(again.exit, 0);
    assert.doesNotMatch(again.out, /^(made|changed)/m);
    assert.deepEqual(place.everything(), made);
    assert.equal(place.run('uninstall', ...level).exit, 0);
    assert.deepEqual(place.everything(), empty);
  });
}

for (const [name, lay] of Object.entries(layouts)) {
  for (const record of ['with the record', 'without a record']) {
    test(`files of others ${name}, ${record}: nothing of theirs is lost, and every byte comes back`, (t) => {
      const place = openPlace(t);
      const texts = { ...rules, ...Object.fromEntries(settings.map(({ file, text }) => [file, text])) };
      for (const [file, text] of Object.entries(texts)) place.write(file, lay(text));
      const before = place.everything();
      const first = place.run('install', ...hosts);
      assert.deepEqual([first.exit, first.err], [0, '']);
      const installed = place.everything();
      for (const [file, text] of Object.entries(texts)) {
        const now = place.read(file);
        assert.notEqual(now, lay(text), `${file} was changed`);
        assert.deepEqual(missingWords(lay(text), now), [], file);
        if (name === 'with CRLF') assert.doesNotMatch(now, /[^\r]\n/, file);
        if (name === 'with tabs') assert.doesNotMatch(now, /^ {2}/m, file);
        if (name === 'with a byte order mark') assert.equal(now.lastIndexOf('\uFEFF'), 0, file);
      }
      place.run('install', ...hosts);
      assert.deepEqual(place.everything(), installed, 'a second run changes no byte');
      if (record === 'without a record') rmSync(join(place.state, 'infrahold'), { recursive: true });
      assert.equal(place.run('uninstall').exit, 0);
      const left = place.everything();
      // How a text without a line end at its end was left cannot be known without the record.
      for (const path of record === 'without a record' ? ['work/AGENTS.md'] : []) {
        assert.equal(left[path]?.trimEnd(), before[path]);
        Object.assign(left, { [path]: before[path] });
      }
      assert.deepEqual(left, before);
    });
  }
}

test('what others have changed since stays, and only what is ours goes', (t) => {
  const place = openPlace(t);
  for (const { file, text } of settings) place.write(file, text);
  place.write('CLAUDE.md', '# Project\n');
  place.run('install', ...hosts);
  const mine = (file: string) => place.read(file).replace(/\.\/(audit|done)\.sh|agreed/, 'changed since');
  for (const { file } of settings) place.write(file, mine(file));
  place.write('CLAUDE.md', `${place.read('CLAUDE.md')}\nWritten later.\n`);
  assert.equal(place.run('uninstall').exit, 0);
  for (const { file, text } of settings) {
    assert.equal(place.read(file), text.replace(/\.\/(audit|done)\.sh|agreed/, 'changed since'), file);
  }
  assert.equal(place.read('CLAUDE.md'), '# Project\n\nWritten later.\n');
});

test('a file that cannot be understood is left alone, with its line, and the others are done', (t) => {
  for (const { host, file, text } of settings) {
    const place = openPlace(t);
    const broken = text.includes('[[hooks') ? `${text}= 1\n` : `${text.trimEnd().slice(0, -1)}\n  "x": {{\n`;
    place.write(file, broken);
    const { exit, err } = place.run('install', host, 'vscode', 'claude-code');
    assert.equal(exit, 1, host);
    assert.match(err, new RegExp(`${file.replaceAll('.', '\\.')}:\\d+: .*left as it is`), host);
    assert.equal(place.read(file), broken, host);
    assert.match(place.read('.github/hooks/infrahold.json'), /infrahold|cli\.js/);
  }
});

test('a value of another type in the way is told, not replaced', (t) => {
  const place = openPlace(t);
  place.write('.gemini/settings.json', '{\n  "hooks": "none"\n}\n');
  place.write('.qwen/settings.json', '{\n  "hooks": {\n    "PreToolUse": {}\n  }\n}\n');
  place.write('.claude/settings.json', '{ "hooks": {}, "hooks": {} }');
  const { exit, err } = place.run('install', 'gemini', 'qwen', 'claude-code', '--no-rules');
  assert.equal(exit, 1);
  assert.match(err, /gemini\/settings\.json:2: "hooks" is not an object/);
  assert.match(err, /qwen\/settings\.json:3: "hooks\.PreToolUse" is not a list/);
  assert.match(err, /claude\/settings\.json:1: "hooks" stands in it twice/);
});

test('an old entry of ours, also one typed by hand, is replaced and not doubled', (t) => {
  const place = openPlace(t);
  place.write(
    '.claude/settings.json',
    '{ "hooks": { "PreToolUse": [{ "matcher": "Edit|MultiEdit|Write",\n  "hooks": [{ "type": "command", "command": "infrahold hook claude-code" }] }] } }\n',
  );
  place.run('install', 'claude-code', '--no-rules');
  const { hooks } = JSON.parse(place.read('.claude/settings.json'));
  assert.equal(hooks.PreToolUse.length, 1);
  assert.equal(hooks.PreToolUse[0].hooks[0].onFailure, 'block');
});

test('links are followed and stay links, modes stay as they are', (t) => {
  const place = openPlace(t);
  place.write(join(place.home, 'dots/claude.json'), '{}\n');
  mkdirSync(join(place.root, '.claude'));
  symlinkSync(join(place.home, 'dots/claude.json'), join(place.root, '.claude/settings.json'));
  place.write('.gemini/settings.json', '{}\n');
  chmodSync(join(place.root, '.gemini/settings.json'), 0o600);
  const before = place.everything();
  assert.equal(place.run('install', 'claude-code', 'gemini', '--no-rules').exit, 0);
  assert.ok(lstatSync(join(place.root, '.claude/settings.json')).isSymbolicLink());
  assert.match(place.read(join(place.home, 'dots/claude.json')), /hook claude-code/);
  assert.equal(statSync(join(place.root, '.gemini/settings.json')).mode & 0o777, 0o600);
  place.run('uninstall');
  assert.deepEqual(place.everything(), before);
});

test('what is read-only is told and left, and so is a folder in the way', (t) => {
  const place = openPlace(t);
  place.write('.gemini/settings.json', '{}\n');
  chmodSync(join(place.root, '.gemini/settings.json'), 0o444);
  mkdirSync(join(place.root, '.qwen'));
  chmodSync(join(place.root, '.qwen'), 0o555);
  mkdirSync(join(place.root, '.cursor/hooks.json'), { recursive: true });
  writeFileSync(join(place.root, '.windsurf'), 'a file');
  const before = place.everything();
  const { exit, err } = place.run('install', 'gemini', 'qwen', 'cursor', 'windsurf', '--no-rules');
  assert.equal(exit, 1);
  assert.match(err, /gemini\/settings\.json: the file is read-only; left as it is/);
  assert.match(err, /qwen\/settings\.json: the folder .*\.qwen is read-only/);
  assert.match(err, /cursor\/hooks\.json: .*(folder|directory)/i);
  assert.match(err, /windsurf\/hooks\.json: .*\.windsurf is a file and not a folder/);
  assert.deepEqual(place.everything(), before);
});

test('one agent of two that share a rules file can go without the other', (t) => {
  const place = openPlace(t);
  place.run('install', 'codex', 'opencode');
  place.run('uninstall', 'codex');
  assert.match(place.read('AGENTS.md'), /Infrahold protects/);
  place.run('uninstall', 'opencode');
  assert.equal(Object.keys(place.everything()).length, 0);
  // These two share the hook as well, and one does not stay without it.
  place.run('install', 'vscode');
  place.run('uninstall', 'vscode');
  assert.equal(Object.keys(place.everything()).length, 0);
});

test('the agents in use are found by their programs and their files; none found is told', (t) => {
  const place = openPlace(t);
  assert.equal(place.run('install').exit, 3);
  mkdirSync(join(place.home, '.codex'));
  mkdirSync(join(place.root, '.cursor'));
  place.write(join(place.home, 'bin/gemini'), '#!/bin/sh\n');
  chmodSync(join(place.home, 'bin/gemini'), 0o755);
  place.env.PATH = `${place.env.PATH}:${place.home}/bin`;
  const { files } = JSON.parse(place.run('install', '--format', 'json').out);
  const found = new Set(files.flatMap((file: { hosts: string[] }) => file.hosts));
  assert.deepEqual([...found].sort(), ['codex', 'cursor', 'gemini']);
});

test('a dry run shows the diff and writes nothing', (t) => {
  const place = openPlace(t);
  place.write('.gemini/settings.json', '{\n  "theme": "dark"\n}\n');
  const before = place.everything();
  const { exit, out } = place.run('install', 'gemini', '--dry-run');
  assert.equal(exit, 0);
  assert.match(out, /would be changed +\.gemini\/settings\.json/);
  assert.match(out, /^\+ +"BeforeTool": \[$/m);
  assert.deepEqual(place.everything(), before);
  assert.match(place.run('install', 'nobody').err, /there is no host "nobody"/);
  assert.equal(place.run('install', 'nobody').exit, 2);
});

test('the rules say what the policy protects, and a new policy renews them', (t) => {
  const place = openPlace(t);
  place.run('install', 'claude-code');
  place.write('.infrahold.yml', "protect: ['deploy/**/*.tf']\nignore: ['examples/**']\n");
  place.run('install', 'claude-code');
  const text = place.read('CLAUDE.md');
  assert.match(text, /`deploy\/\*\*\/\*\.tf`.*not `examples\/\*\*`/);
  assert.equal(text.split('infrahold: begin').length, 2);
});

function hookFile(host: string, file: string): string {
  if (host === 'copilot-cli') return '.github/hooks/infrahold.json';
  return host === 'codex' ? '.codex/hooks.json' : file;
}

/** What stood in a text and stands no more, in its order; what was added in between does not count. */
function missingWords(before: string, after: string): string[] {
  const words = before.match(/[\w./-]+|[^\s\w]/g) ?? [];
  let from = 0;
  return words.filter((word) => {
    const at = after.indexOf(word, from);
    if (at !== -1) from = at + word.length;
    return at === -1;
  });
}
