import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addBlock, hashMarks } from '../../../../src/agents/install/block.ts';
import { addEntries } from '../../../../src/agents/install/entries.ts';
import { userFolders } from '../../../../src/agents/install/host.ts';
import { installableHosts } from '../../../../src/agents/install/hosts.ts';
import { kindOf } from '../../../../src/core/model/kinds.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';
import type { Verdict } from '../../../../src/core/verdict/judgement.ts';

const hook = { type: 'command', command: '/usr/bin/node /opt/infrahold/dist/cli.js hook claude-code' };
const group = { matcher: 'Edit|Write', hooks: [hook] };
const claude = (more: Readonly<Record<string, unknown>> = {}, event: unknown = [group]) =>
  JSON.stringify({ hooks: { PreToolUse: event }, ...more });

function verdict(before: string | undefined, after: string | undefined): Verdict {
  const read = (text = '') => readDocument('settings', text);
  return judge({ before: read(before), after: read(after), scope: undefined, author: 'ai' }).verdict;
}

const other = { type: 'command', command: 'npm run lint' };

const rows: readonly (readonly [what: string, before: string, after: string, Verdict])[] = [
  ['the theme', claude(), claude({ theme: 'dark' }), 'allow'],
  ['layout and comments', claude(), `// mine\n${JSON.stringify(JSON.parse(claude()), null, 4)}`, 'allow'],
  ["another's hook beside ours", claude(), claude({}, [group, { hooks: [other] }]), 'allow'],
  ["another's handler in our group", claude(), claude({}, [{ ...group, hooks: [other, hook] }]), 'allow'],
  ['our entries, where there were none', '{}', claude(), 'allow'],
  ['a switch that is set back', claude({ disableAllHooks: true }), claude(), 'allow'],
  ['our hook taken out', claude(), '{}', 'ask'],
  ['the file emptied', claude(), '', 'ask'],
  ['a narrower matcher', claude(), claude({}, [{ ...group, matcher: 'NotebookEdit' }]), 'ask'],
  [
    'a command that does nothing',
    claude(),
    claude({}, [{ ...group, hooks: [{ ...hook, command: `true # ${hook.command}` }] }]),
    'ask',
  ],
  ['every hook switched off', claude(), claude({ disableAllHooks: true }), 'ask'],
  ['the same behind an escape', claude(), claude().replace('{', '{"disable\\u0041llHooks":true,'), 'ask'],
  ['a second list of hooks, which counts', claude(), claude().replace(/}$/, ',"hooks":{}}'), 'ask'],
  ['a state of its own', claude(), claude({ env: { INFRAHOLD_STATE_HOME: '/tmp/x' } }), 'ask'],
  ['broken', claude(), claude().slice(0, -2), 'undecided'],
  ['hooks of VS Code', '{"a": 1}', '{"a": 1, "chat.useHooks": false}', 'ask'],
  ['hooks of VS Code, on', '{}', '{"chat.useHooks": true}', 'allow'],
  [
    'a comment with a quote, and a comma at the end',
    claude(),
    `{ // it's "mine
${claude().slice(1, -1)},}`,
    'allow',
  ],
  ['a comment sign in a text', claude({ a: '//' }), claude({ a: '/*' }), 'allow'],
  ['other settings of VS Code', '{"editor.tabSize": 2,}', '{"editor.tabSize": 4,}', 'allow'],
  ['settings that were never JSON', '{"editor.tabSize": 2', '{"editor.tabSize": 4', 'allow'],
  ['hooks of Gemini CLI', '{}', '{"hooksConfig": {"enabled": false}}', 'ask'],
  ['a file taken out of the lock', '{}', '{"files.readonlyExclude": {"compose.yml": true}}', 'ask'],
  ['a lock set to nothing', '{}', '{"files.readonlyInclude": {"/shop/compose.yml": false}}', 'ask'],
  ['one file more that is read-only', '{}', '{"files.readonlyInclude": {"dist/**": true}}', 'allow'],
  ['hooks of Codex', 'model = "x"\n', 'model = "x"\n[features]\nhooks = false\n', 'ask'],
  ['the model of Codex', 'model = "x"\n', 'model = "y"\n', 'allow'],
];

for (const [what, before, after, expected] of rows) {
  test(`settings: ${what}: ${expected}`, () => assert.equal(verdict(before, after), expected));
}

test('what is installed in each agent is known, guarded, and may be installed and not taken out', () => {
  const home = '/home/one';
  const [root, user] = ['/project', userFolders(home, {})];
  const launch = { program: '/usr/bin/node', args: ['/opt/infra hold/cli.js'], windows: false };
  let seen = 0;
  for (const host of installableHosts) {
    for (const level of ['project', 'user'] as const) {
      for (const codexHasHooks of [false, true]) {
        const text = (path: string) =>
          codexHasHooks && path.endsWith('config.toml') ? '[[hooks.Stop]]\n' : undefined;
        const [file] = host.files({ level, root, user, launch, rules: undefined, text });
        if (file === undefined) continue;
        seen++;
        const { path } = file;
        const before = text(path);
        const made =
          file.kind === 'own'
            ? { text: file.content }
            : file.kind === 'block'
              ? addBlock(before, file.body, hashMarks)
              : addEntries(before, file.entries);
        assert.ok('text' in made && made.text !== undefined, path);
        const name = path.replace(/^(?:\/project|\/home\/one)\//, '');
        assert.equal(kindOf(name), 'settings', name);
        assert.equal(verdict(before, made.text), 'allow', name);
        assert.equal(verdict(made.text, before), 'ask', name);
      }
    }
  }
  assert.ok(seen >= 40, String(seen));
});
