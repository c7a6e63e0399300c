import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EditorLocks } from '../../../src/setup/editorLocks.ts';
import { settingsFileAt } from '../../../src/setup/personsSettings.ts';
import { temporaryFolder } from '../disk/temporaryFolder.ts';
import { crashAfter, isWrite } from '../store/crashPoints.ts';

const shop = '/work/shop/compose.yml';
const blog = '/work/blog/compose.yml';
const [, , mode, root = '', last = '', torn = ''] = process.argv;
if (mode === 'crash') {
  // This file also serves as the program that crashes.
  const points = await crashAfter(Number(last), torn === 'torn');
  await windowAt(root, 'crashing').lock(shop);
  await windowAt(root, 'crashing').release(shop);
  await new Promise((sent) => process.send?.(points.passed(), sent));
  process.exit();
}

function windowAt(folder: string, id: string, pid = process.pid) {
  const file = join(folder, 'User', 'settings.json');
  const damage: string[] = [];
  const locks = new EditorLocks(join(folder, 'state'), (message) => damage.push(message));
  const place = settingsFileAt(file);
  const window = { id, pid, since: Date.now() };
  return {
    file,
    locks,
    damage,
    read: () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
    lock: (...globs: string[]) => locks.change(place, window, { lock: globs }),
    release: (...globs: string[]) => locks.change(place, window, { release: globs }),
    leave: (...globs: string[]) => locks.change(place, window, { leave: globs }),
    mend: () => locks.change(place, window, {}),
    sweep: (all = false) => locks.sweep(() => place, all),
  };
}

/** What a person's settings file holds before anything is locked. */
function prepared(t: TestContext, text: string | undefined, folder = temporaryFolder(t)): string {
  const file = join(folder, 'User', 'settings.json');
  mkdirSync(dirname(file), { recursive: true });
  if (text !== undefined) writeFileSync(file, text);
  return folder;
}

const settings: Readonly<Record<string, string | undefined>> = {
  'that is not there': undefined,
  'that is empty': '',
  'without anything set': '{}',
  'without anything set, on two lines': '{\n}\n',
  'of a few lines': '{\n  "editor.tabSize": 2,\n  "files.autoSave": "off"\n}\n',
  'with comments': '// mine\n{\n  // two\n  "editor.tabSize": 2, // not four\n  /* last */\n}\n// end\n',
  'with a comma at the end': '{\n    "a": 1,\n    "b": [1, 2,],\n}',
  'with tabs and CRLF': '{\r\n\t"a": 1,\r\n\t"b": {\r\n\t\t"c": true\r\n\t}\r\n}\r\n',
  'with a byte order mark': '\uFEFF{\n  "a": 1\n}\n',
  'with a key that stands twice': '{\n  "a": 1,\n  "b": {"c": 1, "c": 2},\n  "a": 2\n}\n',
  'on one line': '{"a": 1, "b": 2}',
  'with globs of the person':
    '{\n  "files.readonlyInclude": {\n    // generated\n    "**/dist/**": true, /* always */\n    "/etc/**": false\n  },\n  "z": 1\n}\n',
  'with an empty setting': '{\n  "files.readonlyInclude": {},\n  "z": 1\n}\n',
  'with globs of the person on one line': '{ "files.readonlyInclude": { "**/dist/**": true }, "z": 1 }\n',
};

for (const [name, text] of Object.entries(settings)) {
  test(`a settings file ${name} is byte for byte as it was once nothing is locked`, async (t) => {
    const folder = prepared(t, text);
    const one = windowAt(folder, 'one');
    await one.lock(shop, blog);
    const locked = one.read() ?? '';
    assert.ok(locked.includes(JSON.stringify(shop)) && locked.includes(JSON.stringify(blog)), locked);
    for (const line of (text ?? '').match(/(?<=^|\s)\/[/*] .*/gm) ?? [])
      assert.ok(locked.includes(line.trim()), line);
    await one.release(shop);
    assert.ok(!one.read()?.includes(shop) && one.read()?.includes(blog), one.read());
    await one.release(blog);
    assert.equal(one.read(), text);
    assert.deepEqual(readdirSync(join(folder, 'state')), [], 'and nothing of it stays in the state');
  });

  test(`what a person writes into a settings file ${name} while files are locked stays`, async (t) => {
    const one = windowAt(prepared(t, text), 'one');
    await one.lock(shop, blog);
    const edited = (one.read() ?? '').replace(/\}(?=\s*(\/\/ end\s*)?$)/, ', "own": true /* kept */\n}');
    const own = edited.replace(/,(\s*), "own"/, ',$1 "own"');
    writeFileSync(one.file, own);
    await one.release(shop, blog);
    const after = one.read() ?? '';
    assert.ok(after.includes('"own": true /* kept */'), after);
    assert.ok(!after.includes(shop) && !after.includes(blog), after);
    for (const word of (text ?? '').match(/"[^"]+"|\/\/.*/g) ?? [])
      assert.ok(after.includes(word), `${word}: ${after}`);
    assert.equal(after.includes('readonlyInclude'), text?.includes('readonlyInclude') ?? false, after);
  });
}

test('two windows with a folder each lock their files beside each other, and each takes out its own', async (t) => {
  const text = settings['with comments'];
  const folder = prepared(t, text);
  const [one, two] = [windowAt(folder, 'one'), windowAt(folder, 'two')];
  const many = Array.from(
    { length: 20 },
    (_, at) => [`/work/shop/${at}.yml`, `/work/blog/${at}.yml`] as const,
  );
  await Promise.all(many.flatMap(([left, right]) => [one.lock(left), two.lock(right)]));
  for (const [left, right] of many)
    assert.ok(one.read()?.includes(`"${left}": true`) && one.read()?.includes(`"${right}": true`));
  await one.leave(...many.map(([left]) => left));
  assert.doesNotMatch(one.read() ?? '', /shop/);
  assert.equal(one.read()?.match(/blog/g)?.length, many.length);
  await two.leave(...many.map(([, right]) => right));
  assert.equal(one.read(), text);
});

test('of two windows on one folder, one that goes leaves the lock to the other, and one that opens opens for both', async (t) => {
  const folder = prepared(t, '{}\n');
  const [one, two] = [windowAt(folder, 'one'), windowAt(folder, 'two')];
  await one.lock(shop);
  await two.lock(shop);
  await one.leave(shop);
  assert.match(one.read() ?? '', /shop/);
  await one.lock(shop);
  await one.release(shop);
  assert.equal(one.read(), '{}\n');
  await two.mend();
  assert.equal(one.read(), '{}\n', 'the other does not lock again what a person has opened');
});

test('a lock that another program takes out of the settings is put in again', async (t) => {
  const one = windowAt(prepared(t, '{}\n'), 'one');
  await one.lock(shop);
  const locked = one.read();
  writeFileSync(one.file, '{}\n');
  await one.mend();
  assert.equal(one.read(), locked);
});

test('an entry of the person for the very same file is theirs and stays', async (t) => {
  const text = `{\n  "files.readonlyInclude": { "${shop}": true }\n}\n`;
  const one = windowAt(prepared(t, text), 'one');
  await one.lock(shop);
  assert.equal(one.read(), text);
  await one.release(shop);
  assert.equal(one.read(), text);
});

test('what a window that is no more has left goes with the next change, and with a sweep', async (t) => {
  const text = settings['with globs of the person'];
  const folder = prepared(t, text);
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  const [gone, here] = [windowAt(folder, 'gone', dead.pid), windowAt(folder, 'here')];
  await gone.locks.change(
    settingsFileAt(gone.file),
    { id: 'gone', pid: process.pid, since: 0 },
    { lock: [shop] },
  );
  assert.equal(gone.read(), text, 'a window from before the start of the machine is no more');
  await gone.lock(shop);
  assert.equal(gone.read(), text);
  await here.lock(blog, shop);
  // As if this one had been killed: its record says that it lives, and nobody answers for its number.
  const record = join(folder, 'state', 'editor-locks.json');
  writeFileSync(
    record,
    readFileSync(record, 'utf8').replaceAll(`"pid": ${process.pid}`, `"pid": ${dead.pid}`),
  );
  await here.sweep();
  assert.equal(here.read(), text);
  assert.deepEqual(readdirSync(join(folder, 'state')), []);
});

test('when the extension is taken out, everything of ours goes, whoever locked it, and the hand-locked files are forgotten', async (t) => {
  const text = settings['of a few lines'];
  const folder = prepared(t, text);
  const [one, two] = [windowAt(folder, 'one'), windowAt(folder, 'two')];
  await one.lock(shop);
  await one.locks.choose(shop, true);
  await two.lock(blog);
  await one.sweep(true);
  assert.equal(one.read(), text);
  assert.deepEqual(readdirSync(join(folder, 'state')), []);
});

test('settings that lie elsewhere behind a link are written there, and the link stays', async (t) => {
  const folder = prepared(t, undefined);
  const real = join(folder, 'dotfiles.json');
  writeFileSync(real, '{\n  "a": 1\n}\n');
  const one = windowAt(folder, 'one');
  symlinkSync(real, one.file);
  await one.lock(shop);
  assert.match(readFileSync(real, 'utf8'), /shop/);
  await one.release(shop);
  assert.ok(lstatSync(one.file).isSymbolicLink());
  assert.equal(readFileSync(real, 'utf8'), '{\n  "a": 1\n}\n');
});

test('settings that cannot be read are left as they are, with a word on where, and locked once they can', async (t) => {
  const one = windowAt(prepared(t, '{\n  "a": 1,\n  "b" 2\n}\n'), 'one');
  await assert.rejects(one.lock(shop), /settings\.json:3: it is not JSON: colon expected/);
  assert.equal(one.read(), '{\n  "a": 1,\n  "b" 2\n}\n');
  writeFileSync(one.file, '{\n  "a": 1\n}\n');
  await one.mend();
  assert.match(one.read() ?? '', /shop/);
});

test('of several settings files, one that cannot be read keeps no other from being left as it was', async (t) => {
  const folder = temporaryFolder(t);
  const [one, two] = ['one', 'two'].map((name) =>
    settingsFileAt(join(prepared(t, '{}\n', join(folder, name)), 'User', 'settings.json')),
  );
  assert.ok(one !== undefined && two !== undefined);
  const locks = new EditorLocks(join(folder, 'state'), () => undefined);
  const window = { id: 'one', pid: process.pid, since: Date.now() };
  for (const place of [one, two]) await locks.change(place, window, { lock: [shop] });
  writeFileSync(one.name, '{ "a" 1 }');
  await assert.rejects(locks.sweep(settingsFileAt, true), /one.User.settings\.json:1: it is not JSON/);
  assert.equal(readFileSync(two.name, 'utf8'), '{}\n');
  writeFileSync(one.name, '{}\n');
  await locks.sweep(settingsFileAt, true);
  assert.deepEqual(readdirSync(join(folder, 'state')), []);
});

test('a damaged record is said and set aside, and files can be locked anew', async (t) => {
  const folder = prepared(t, '{}\n');
  const one = windowAt(folder, 'one');
  mkdirSync(join(folder, 'state'));
  writeFileSync(join(folder, 'state', 'editor-locks.json'), '{"schema": 1, "settings"');
  await one.lock(shop);
  assert.match(one.damage.join(), /damaged/);
  await one.release(shop);
  assert.equal(one.read(), '{}\n');
});

test('killed at any point, a window leaves settings that the next start makes whole', {
  skip: process.platform === 'win32',
}, async (t) => {
  const text = settings['with globs of the person'];
  const folder = temporaryFolder(t);
  const whole = await crashed(t, prepared(t, text, join(folder, 'whole')), ['1000000']);
  assert.ok(whole.passed.length > 10, 'it changes something on disk');
  const crashes = whole.passed.flatMap((call, index) => {
    const point = [`${index + 1}`];
    return isWrite(call) ? [point, [...point, 'torn']] : [point];
  });
  const cutShort = async (crash: string[], index: number) => {
    const place = prepared(t, text, join(folder, `${index}`));
    assert.equal((await crashed(t, place, crash)).signal, 'SIGKILL', crash.join(' '));
    const next = windowAt(place, 'next');
    await next.lock(blog);
    await next.sweep();
    assert.doesNotMatch(next.read() ?? '', /shop/, `after a crash: ${crash.join(' ')}`);
    await next.release(blog);
    assert.equal(next.read(), text, `after a crash: ${crash.join(' ')}`);
    assert.deepEqual(next.damage, []);
  };
  // Most of the time a start after a crash waits for the lock that the dead one held.
  for (let done = 0; done < crashes.length; done += 32)
    await Promise.all(crashes.slice(done, done + 32).map((crash, at) => cutShort(crash, done + at)));
  t.diagnostic(`crash sweep: a lock ${whole.passed.length} points, cut short ${crashes.length} times`);
});

/** Locks and lets go in a process of its own, which ends in the middle of it. */
async function crashed(t: TestContext, place: string, how: readonly string[]) {
  const child = fork(fileURLToPath(import.meta.url), ['crash', place, ...how], { execArgv: [] });
  t.after(() => child.kill('SIGKILL'));
  let passed: readonly string[] = [];
  child.on('message', (calls) => {
    if (Array.isArray(calls)) passed = calls;
  });
  const [, signal] = await once(child, 'exit');
  return { passed, signal };
}
