import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { dialects } from '../../../src/agents/install/dialects.ts';
import { hookCommand } from '../../../src/agents/install/launch.ts';
import { extensionLaunch, renewLauncher } from '../../../src/setup/launcher.ts';
import { openProbePlace } from '../../../src/setup/probe.ts';
import { openPlace } from './place.ts';

const cli = resolve('dist', 'cli.js');

/** Starts a hook as Claude Code would, with an edit that has to be refused. */
async function denied(command: string) {
  const probe = await openProbePlace();
  const { payload, env, refuses } = dialects['claude-code'];
  const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', command], {
    env: { PATH: '/usr/bin:/bin', ...probe.env, ...env(probe.folder) },
    input: JSON.stringify(payload({ ...probe, text: probe.forbidden })),
    encoding: 'utf8',
  });
  await probe.dispose();
  return { refused: refuses({ stdout, stderr, exit: status ?? undefined }), status, stderr };
}

test('an update of the extension moves its program, and the entries that were written go on working', async (t) => {
  const { state } = openPlace(t);
  const old = '/gone/extensions/infrahold-0.0.9/dist/cli.js';
  const launch = await extensionLaunch(state, old, { PATH: '/usr/bin:/bin' });
  const command = hookCommand(launch, 'claude-code');
  const gone = await denied(command);
  assert.deepEqual([gone.refused, gone.status], [true, 2], 'a program that is gone refuses');
  assert.match(gone.stderr, /open the editor once to mend this/);
  await renewLauncher(state, cli);
  assert.deepEqual((await denied(command)).status, 0);
  assert.equal((await denied(command)).refused, true);
  assert.equal(
    hookCommand(await extensionLaunch(state, cli, { PATH: '/usr/bin:/bin' }), 'claude-code'),
    command,
  );
});

test('without a Node on the PATH the editor itself is started as one', async (t) => {
  const { state } = openPlace(t);
  const script = join(state, 'bin', 'infrahold');
  mkdirSync(join(state, 'bin'));
  spawnSync('/bin/sh', ['-c', `echo old > '${script}'`]);
  await renewLauncher(state, cli);
  chmodSync(script, 0o700);
  assert.match(readFileSync(script, 'utf8'), /ELECTRON_RUN_AS_NODE=1 exec/);
  const launch = { program: script, args: [], windows: false };
  const { refused, status } = await denied(hookCommand(launch, 'claude-code'));
  assert.deepEqual([refused, status], [true, 0]);
  rmSync(script);
  await renewLauncher(state, cli);
  assert.throws(() => readFileSync(script), 'nothing is made where nothing was asked for');
});
