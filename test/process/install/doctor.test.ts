import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { hostIds } from '../../../src/agents/install/host.ts';
import { openPlace, type Place } from './place.ts';

interface Agent {
  readonly host: string;
  readonly state: string;
  readonly version?: string;
  readonly faults: readonly string[];
  readonly installations: readonly { readonly trust: string; readonly onFailure: string }[];
}

function examined(place: Place, ...hosts: string[]): { exit: number | null; agents: readonly Agent[] } {
  const { exit, out, err } = place.run('doctor', ...hosts, '--format', 'json');
  assert.equal(err, '');
  return { exit, agents: JSON.parse(out).agents };
}

function claude(place: Place): Agent & { readonly exit: number | null } {
  const { exit, agents } = examined(place, 'claude-code');
  const [agent] = agents;
  assert.ok(agent);
  return { ...agent, exit };
}

/** A copy of the built program that a test may take apart. */
function ownProgram(t: TestContext, folder = 'program'): { moved: string; manifest: string; place: Place } {
  const outer = openPlace(t);
  const base = join(outer.home, folder);
  mkdirSync(base, { recursive: true });
  cpSync(resolve('dist'), join(base, 'dist'), {
    recursive: true,
    filter: (path) => !/\.(map|vsix)$/.test(path),
  });
  copyFileSync(resolve('package.json'), join(base, 'package.json'));
  const moved = join(base, 'dist', 'cli.js');
  return { moved, manifest: join(base, 'package.json'), place: openPlace(t, moved) };
}

const cli = resolve('dist', 'cli.js');

const hosts = [...hostIds];

test('every agent refuses the forbidden edit through its own entry, and says nothing to the innocent one', (t) => {
  const place = openPlace(t);
  place.run('install', ...hosts);
  trustEverything(place);
  const before = place.everything();
  const { exit, agents } = examined(place);
  assert.deepEqual(
    agents.map(({ host, state, faults }) => [host, state, faults]),
    hosts.map((host) => [host, 'enforced', []]),
  );
  assert.equal(exit, 0);
  assert.deepEqual(place.everything(), before, 'nothing of the project is touched');
  assert.deepEqual(
    readdirSync(join(place.state, 'infrahold')),
    ['installed.json'],
    'and no record tells of it',
  );
});

test('the same holds for what is installed for every project', (t) => {
  const place = openPlace(t);
  place.run('install', ...hosts, '--user');
  trustEverything(place);
  const { exit, agents } = examined(place, ...hosts);
  assert.deepEqual(
    agents.map(({ host, state, faults }) => [host, state, faults]),
    hosts.map((host) => [host, 'enforced', []]),
  );
  assert.equal(exit, 0);
});

test('a program in a folder with blanks and quotes is started all the same', (t) => {
  const { place } = ownProgram(t, `it's "my" $HOME & tools`);
  place.run('install', ...hosts);
  trustEverything(place);
  const { agents } = examined(place);
  assert.deepEqual(
    agents.filter(({ state }) => state !== 'enforced'),
    [],
  );
});

test('an entry that starts another version is told', (t) => {
  const { place, manifest } = ownProgram(t);
  place.run('install', 'claude-code');
  place.write(manifest, place.read(manifest).replace(/"version": "[^"]+"/, '"version": "0.0.9"'));
  const { exit, out } = place.runWith(cli, 'doctor', 'claude-code');
  assert.equal(exit, 0);
  assert.match(out, /Claude Code: its hook starts infrahold 0\.0\.9, and this is \d/);
});

test('files for git name the program alone, which every machine has on its PATH', (t) => {
  const place = openPlace(t);
  mkdirSync(join(place.home, 'bin'));
  symlinkSync(cli, join(place.home, 'bin/infrahold'));
  place.env.PATH = `${place.home}/bin:${place.env.PATH}`;
  place.run('install', ...hosts, '--portable');
  trustEverything(place);
  const texts = Object.entries(place.everything()).filter(([path]) => path.startsWith('work/'));
  assert.deepEqual(
    texts.filter(([, text]) => text.includes(cli) || text.includes(process.execPath)),
    [],
  );
  rmSync(join(place.state, 'infrahold'), { recursive: true });
  const { agents } = examined(place);
  assert.deepEqual(
    agents.filter(({ state }) => state !== 'enforced'),
    [],
    'also for whoever gets the files from git',
  );
});

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

test('trust that a host keeps on record is read, and without it nothing counts as enforced', (t) => {
  const place = openPlace(t);
  place.run('install', 'codex', 'copilot-cli', 'gemini');
  const states = () => {
    const { agents } = examined(place, 'codex', 'copilot-cli', 'gemini');
    return Object.fromEntries(agents.map(({ host, state }) => [host, state]));
  };
  const all = { codex: 'enforced', 'copilot-cli': 'enforced', gemini: 'enforced' };
  // Gemini CLI asks before it does anything in a folder that it does not know.
  assert.deepEqual(states(), { ...all, codex: 'not firing', 'copilot-cli': 'not firing' });
  trustEverything(place);
  assert.deepEqual(states(), all);
  const denied = JSON.stringify({ [place.root]: 'DO_NOT_TRUST' });
  place.write(join(place.home, '.gemini/trustedFolders.json'), denied);
  assert.deepEqual(states(), { ...all, gemini: 'not firing' });
});

test('an agent that is asked about is told of, though nothing of it is here', (t) => {
  const { exit, agents } = examined(openPlace(t), 'qwen');
  assert.deepEqual([exit, agents.map(({ host, state }) => [host, state])], [0, [['qwen', 'not installed']]]);
});

test('an agent that is not here is no fault, though it could read the file of another', (t) => {
  const place = openPlace(t);
  mkdirSync(join(place.root, '.vscode'));
  place.run('install', 'vscode');
  const { exit, agents } = examined(place);
  assert.deepEqual([exit, agents.map(({ host, state }) => [host, state])], [0, [['vscode', 'enforced']]]);
});

test('an agent with nothing but rules is advised and not held, and one that hangs is not waited for', (t) => {
  const place = openPlace(t);
  place.run('install', 'claude-code');
  const rules = place.read('CLAUDE.md');
  place.run('uninstall');
  place.write('CLAUDE.md', rules);
  mkdirSync(join(place.home, '.gemini'));
  place.write(join(place.home, 'bin/gemini'), '#!/bin/sh\necho 0.61.0\n');
  place.write(join(place.home, 'bin/claude'), '#!/bin/sh\nsleep 60\n');
  for (const name of ['gemini', 'claude']) chmodSync(join(place.home, 'bin', name), 0o755);
  place.env.PATH = `${place.home}/bin:${place.env.PATH}`;
  const { exit, agents } = examined(place);
  assert.deepEqual(
    agents.map(({ host, state, version }) => [host, state, version]),
    [
      ['claude-code', 'advice only', undefined],
      ['gemini', 'not installed', '0.61.0'],
    ],
  );
  assert.equal(exit, 0);
});

test('a broken policy and a state directory that cannot be written are told', (t) => {
  const place = openPlace(t);
  place.write('.infrahold.yml', 'protect: [\n');
  place.write('occupied', 'a file where a folder should be');
  place.env.INFRAHOLD_STATE_HOME = join(place.root, 'occupied');
  const { exit, out } = place.run('doctor');
  assert.equal(exit, 1);
  assert.match(out, /✗ \.infrahold\.yml:\d+: /);
  assert.match(out, /✗ the state directory .*occupied\/infrahold cannot be written/);
});

test('a first policy names what is there, protects it, and is never written over', (t) => {
  const place = openPlace(t);
  place.write('compose.yml', 'services: {}\n');
  place.write('Dockerfile', 'FROM scratch\n');
  place.write('infra/main.tf', '');
  const { exit, out } = place.run('init');
  assert.deepEqual([exit, /1 file protected by default: compose\.yml/.test(out)], [0, true]);
  const policy = place.read('.infrahold.yml');
  assert.match(policy, /- 'Dockerfile\*'/);
  assert.match(policy, /- '\*\.tf'/);
  assert.match(place.run('doctor').out, /✓ \.infrahold\.yml is understood/);
  assert.equal(place.run('init').exit, 1);
  assert.equal(place.read('.infrahold.yml'), policy);
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

/** What a person does in each host's own dialog, as the host keeps it. */
function trustEverything({ root, home, write }: Place): void {
  const hooks = existsSync(join(root, '.codex/hooks.json')) ? root : home;
  write(
    join(home, '.codex/config.toml'),
    `[projects."${root}"]\ntrust_level = "trusted"\n\n[hooks.state."${hooks}/.codex/hooks.json:pre_tool_use:0:0"]\ntrusted_hash = "sha256:0"\n`,
  );
  write(join(home, '.copilot/config.json'), JSON.stringify({ trustedFolders: [root] }));
  write(join(home, '.gemini/trustedFolders.json'), JSON.stringify({ [root]: 'TRUST_FOLDER' }));
  write(
    join(home, '.claude.json'),
    JSON.stringify({ projects: { [root]: { hasTrustDialogAccepted: true } } }),
  );
}
