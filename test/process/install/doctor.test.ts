import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostIds } from '../../../src/agents/install/host.ts';
import { statesIn } from '../states.ts';
import { cli, examined, ownProgram, trustEverything } from './examined.ts';
import { openPlace } from './place.ts';

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
  assert.deepEqual(statesIn(place.state), ['installed.json'], 'and no record tells of it');
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
