import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { accepted, onDisk, pause, startGuard, unguardedFolder, until } from './guardedFolder.ts';

const name = 'compose.yml';
/** What tells the injected fault that the edit is being looked at. */
const mark = 'fault-injected-here';
const edited = accepted.replace('api:1', `api:${mark}`);

/**
 * Makes the process throw at one of the many calls by which an edit is read, compared, judged and told, counted from the
 * moment at which its text is first decoded. Once only: what fails is to be tried again.
 */
const faultAt = (call: number) => `
  let left = -1;
  const decode = Buffer.prototype.toString;
  Buffer.prototype.toString = function (...args) {
    const text = decode.apply(this, args);
    if (left === -1 && text.includes('${mark}')) left = ${call};
    return text;
  };
  for (const [holder, name] of [[Map.prototype, 'set'], [Map.prototype, 'get'], [Array.prototype, 'map'], [Array.prototype, 'filter'], [String.prototype, 'slice'], [RegExp.prototype, 'test']]) {
    const own = holder[name];
    holder[name] = function (...args) {
      if (left > 0 && --left === 0) {
        process.stderr.write('injected\\n');
        throw new Error('injected');
      }
      return own.apply(this, args);
    };
  }`;

const preload = (code: string) => ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
const calls = [1, 3, 10, 30, 100, 200, 400, 700, 1_000, 1_500, 2_000, 3_000];

test('an exception anywhere in judging lets nothing stand that was not judged', async (t) => {
  let injected = 0;
  for (const call of calls) {
    const place = unguardedFolder(t, { [name]: accepted });
    const env = { ...place.env, NODE_OPTIONS: preload(faultAt(call)).join(' ') };
    const guarded = await startGuard(t, { ...place, env });
    writeFileSync(join(place.root, name), edited);
    await until(`call ${call}: it is as accepted`, () => onDisk(place.root, name) === accepted);
    await pause(100);
    assert.equal(guarded.accepted(name), accepted, `call ${call}`);
    const { stderr } = guarded.told();
    if (stderr.includes('injected')) {
      injected++;
      await until(`call ${call}: it was said`, () => isSaid(guarded.told()));
    }
    assert.equal(await guarded.kill('SIGTERM'), 0, `call ${call}: it went on working`);
  }
  t.diagnostic(`exception sweep, watch: ${calls.length} places, ${injected} exceptions, nothing stood`);
  assert.ok(injected > calls.length / 3);
});

/** With the error, where the edit could not be judged for it, or by what was told once it was tried again. */
function isSaid({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): boolean {
  return stdout.includes('Put back') || /infrahold: .*injected/.test(stderr);
}

/** What the hook of an agent answers that is about to write the edit. */
function hooked(t: TestContext, code: string) {
  const place = unguardedFolder(t, { [name]: accepted });
  const payload = {
    session_id: 's',
    cwd: place.root,
    hook_event_name: 'PreToolUse',
    tool_name: 'Write',
    tool_input: { file_path: join(place.root, name), content: edited },
  };
  const args = [...preload(code), resolve('dist', 'cli.js'), 'hook', 'claude-code'];
  const input = JSON.stringify(payload);
  return spawnSync(process.execPath, args, {
    cwd: place.root,
    env: place.env,
    input,
    encoding: 'utf8',
    timeout: 30_000,
  });
}

test('an exception anywhere in judging makes a hook say no', (t) => {
  let injected = 0;
  for (const call of calls) {
    const { stdout, stderr, status } = hooked(t, faultAt(call));
    assert.match(stdout + stderr, /"deny"|"ask"|Infrahold/, `call ${call}: ${status} ${stdout} ${stderr}`);
    if (stderr.includes('injected')) injected++;
  }
  t.diagnostic(`exception sweep, hook: ${calls.length} places, ${injected} exceptions, none a pass`);
  assert.ok(injected > calls.length / 3);
});

/** A step that never comes to an end: the disk does not answer when a refused version is to be safe on it. */
const hanging = `
  const { default: fs } = await import('node:fs');
  fs.fsync = () => void setInterval(() => undefined, 1e6);
  (await import('node:module')).syncBuiltinESMExports();`;

test('a step that never ends makes a hook say no in time', (t) => {
  const { stdout, signal } = hooked(t, hanging);
  assert.equal(signal, null, 'it came to an end by itself');
  assert.match(stdout, /"deny"/);
  assert.match(stdout, /no judgement within 2 s/);
});
