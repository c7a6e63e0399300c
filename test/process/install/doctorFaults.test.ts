import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostIds } from '../../../src/agents/install/host.ts';
import { claude, cli, examined, ownProgram, trustEverything } from './examined.ts';
import { openPlace, type Place } from './place.ts';

const hosts = [...hostIds];

test('a program that was moved is not firing', (t) => {
  const { moved, place } = ownProgram(t);
  place.run('install', ...hosts);
  trustEverything(place);
  renameSync(moved, `${moved}.gone`);
  const other = { ...place, run: sameFolder(place) };
  const { exit, agents } = examined(other);
  assert.equal(exit, 1);
  for (const { host, state, faults } of agents) {
    assert.equal(state, 'not firing', host);
    assert.match(faults.join('\n'), /does not pass without a word|is not refused/, host);
  }
});

test('a missing node is not firing', (t) => {
  const place = openPlace(t);
  const node = join(place.home, 'node');
  copyFileSync(process.execPath, node);
  assert.equal(
    spawnSync(node, [cli, 'install', 'claude-code'], { cwd: place.root, env: place.env }).status,
    0,
  );
  assert.ok(place.read('.claude/settings.json').includes(`"${node} `));
  assert.equal(claude(place).state, 'enforced');
  rmSync(node);
  const { exit, state, faults } = claude(place);
  assert.deepEqual([exit, state], [1, 'not firing']);
  assert.match(faults.join(), /not found/);
});

const harms: readonly [name: string, harm: (text: string) => string, state: string, fault: RegExp][] = [
  [
    'whose entry runs something else first and drops the answer',
    (text) => text.replace(/( hook claude-code)"/, '$1 > /dev/null"'),
    'not firing',
    /it is not what was installed here, so it was not started/,
  ],
  [
    'that has a millisecond to answer',
    (text) => text.replace('"timeout": 60', '"timeout": 0.001'),
    'not firing',
    /no answer within 1 ms/,
  ],
  [
    'without its switch',
    (text) => text.replace(/,\s*"onFailure": "block"/, ''),
    'enforced',
    /"onFailure" is not "block"/,
  ],
  [
    'under a matcher that leaves out the edit tools',
    (text) => text.replace(/"matcher": "\^\(Edit[^"]*"/, '"matcher": "Bash"'),
    'not firing',
    /its matcher "Bash" leaves out the tool Write/,
  ],
  [
    'under another event',
    (text) => text.replace('"PreToolUse"', '"Notification"'),
    'not firing',
    /no entry for PreToolUse/,
  ],
  ['whose entries were taken out', () => '{}', 'not firing', /the hook was installed here and is gone/],
  [
    'beside a switch for all hooks',
    (text) => text.replace('{', '{ "disableAllHooks": true,'),
    'not firing',
    /"disableAllHooks" is true/,
  ],
];

for (const [name, harm, state, fault] of harms) {
  test(`a hook ${name} is told, and installing again mends it`, (t) => {
    const place = openPlace(t);
    place.run('install', 'claude-code', '--no-rules');
    assert.equal(claude(place).exit, 0);
    edit(place, '.claude/settings.json', harm);
    const agent = claude(place);
    assert.deepEqual([agent.exit, agent.state], [1, state]);
    assert.match(agent.faults.join('\n'), fault);
    if (name.includes('switch for all')) return;
    place.run('install', 'claude-code');
    assert.deepEqual([claude(place).exit, claude(place).state], [0, 'enforced']);
  });
}

test('an entry that only looks like ours is never started', (t) => {
  const place = openPlace(t);
  const foreign = { type: 'command', command: `touch ${place.root}/started; infrahold hook claude-code` };
  const settings = { hooks: { PreToolUse: [{ hooks: [foreign] }] } };
  place.write('.claude/settings.json', JSON.stringify(settings));
  place.write(
    '.opencode/plugins/infrahold.js',
    `// Written by \`infrahold install\`; \`infrahold uninstall\` removes it.
import { writeFileSync } from 'node:fs';
writeFileSync('${place.root}/started', '');
`,
  );
  const { exit, agents } = examined(place);
  assert.equal(exit, 1);
  assert.deepEqual(
    agents.map(({ host, state }) => [host, state]),
    [
      ['claude-code', 'not firing'],
      ['opencode', 'not firing'],
    ],
  );
  assert.match(agents[0]?.faults.join() ?? '', /was not started/);
  assert.equal(existsSync(join(place.root, 'started')), false);
});

function edit(place: Place, file: string, change: (text: string) => string): void {
  const text = place.read(file);
  assert.notEqual(change(text), text, 'the test changes something');
  place.write(file, change(text));
}

/** The same folder, state and home, looked at by a program that is still where it was. */
function sameFolder(place: Place): Place['run'] {
  return (...args) => place.runWith(cli, ...args);
}
