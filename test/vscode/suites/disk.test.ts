import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, sep } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { recorded } from '../support/cli.ts';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  assertKept,
  assertPutBack,
  assertQuiet,
  assertShownAsRefused,
  before,
  fileIn,
  filesFor,
  fresh,
  type ProtectedFile,
  promptFor,
  replaceText,
  until,
  wait,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  reason: 'hidden',
  extension: 'required',
  files: filesFor(
    ...['inplace', 'halves', 'rename', 'remove', 'folder', 'many', 'hardlink', 'symlink', 'readonly'],
    ...['open', 'approve', 'neutral', 'again', 'blocked', 'rebuilt', 'stateless'],
  ),
};

type Script = (fs: typeof import('node:fs'), path: string, text: string) => void;

/** Writes from another process, as any program on the machine could, while the guard is at work in this one. */
async function otherProcess(script: Script, path: string, text = ''): Promise<void> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const program = `(${script})(require("node:fs"), ...process.argv.slice(1))`;
  await promisify(execFile)(process.execPath, ['-e', program, path, text], { env });
}

const inPlace: Script = (fs, path, text) => fs.writeFileSync(path, text);
const halves: Script = (fs, path, text) => {
  const file = fs.openSync(path, 'w');
  setTimeout(() => fs.writeSync(file, text.slice(0, 200)), 30);
  setTimeout(() => fs.writeSync(file, text.slice(200)), 130);
};
const renameOver: Script = (fs, path, text) => {
  fs.writeFileSync(`${path}.new`, text);
  fs.renameSync(`${path}.new`, path);
};
const remove: Script = (fs, path) => fs.rmSync(path, { recursive: true });
const thousandTimes: Script = (fs, path, text) => {
  for (let i = 1; i <= 1000; i++) fs.writeFileSync(path, `${text}# ${i}\n`);
};
const folderInTheWay: Script = (fs, path, text) => {
  fs.rmSync(path);
  fs.mkdirSync(path);
  fs.writeFileSync(`${path}/mine.txt`, text);
};
const unlocked: Script = (fs, path, text) => {
  fs.chmodSync(path, 0o644);
  fs.writeFileSync(path, text);
  fs.chmodSync(path, 0o444);
};

interface Road {
  readonly row: string;
  readonly what: string;
  readonly folder: string;
  readonly write: (file: ProtectedFile) => Promise<void>;
  /** What it leaves, where that is no removal. */
  readonly leaves?: string;
  /** Milliseconds in which it is put back; a second where none are given. */
  readonly within?: number;
}

const roads: readonly Road[] = [
  {
    row: 'W14',
    what: 'a write in place, in one call,',
    folder: 'inplace',
    write: ({ path }) => otherProcess(inPlace, path, aiEdit),
    leaves: aiEdit,
  },
  {
    row: 'W15',
    what: 'a truncation, then the content in two halves 100 ms apart,',
    folder: 'halves',
    write: ({ path }) => otherProcess(halves, path, aiEdit),
    leaves: aiEdit,
  },
  {
    row: 'W16',
    what: 'a file that is renamed over it',
    folder: 'rename',
    write: ({ path }) => otherProcess(renameOver, path, aiEdit),
    leaves: aiEdit,
  },
  {
    row: 'W17',
    what: 'its removal',
    folder: 'remove',
    write: ({ path }) => otherProcess(remove, path),
  },
  {
    row: 'W17',
    what: 'the removal of its folder',
    folder: 'folder',
    write: ({ path }) => otherProcess(remove, dirname(path)),
  },
  {
    row: 'W18',
    what: 'a thousand writes in a row',
    folder: 'many',
    write: ({ path }) => otherProcess(thousandTimes, path, aiEdit),
    leaves: `${aiEdit}# 1000\n`,
  },
  {
    row: 'W22',
    what: 'a write through a hard link',
    folder: 'hardlink',
    write: async ({ path }) => {
      linkSync(path, `${path}.link`);
      await otherProcess(inPlace, `${path}.link`, aiEdit);
    },
    leaves: aiEdit,
    // The system tells of the other name only: the file itself is looked at once a second.
    within: 2000,
  },
  {
    row: 'W22',
    what: 'a write through a symbolic link and another spelling of the path',
    folder: 'symlink',
    write: async ({ path }) => {
      symlinkSync('docker-compose.yml', `${path}.link`);
      await otherProcess(inPlace, `${dirname(path)}/../symlink/.//docker-compose.yml.link`, aiEdit);
    },
    leaves: aiEdit,
  },
  {
    row: 'W26',
    what: 'a write of a read-only file that is made writable for it',
    folder: 'readonly',
    write: async ({ path }) => {
      chmodSync(path, 0o444);
      await otherProcess(unlocked, path, aiEdit);
    },
    leaves: aiEdit,
  },
];

for (const { row, what, folder, write, leaves, within } of roads) {
  test(`${row}: put back and asked about once: ${what} by another process`, async () => {
    await fresh();
    const file = fileIn(folder);
    await write(file);
    assert.match(await assertPutBack(file, leaves, within), /l9-redis/);
    await driver.clickNotification('Put back');
  });
}

test('W22, W26: the link is a link still, and the file as read-only as it was', () => {
  assert.ok(lstatSync(`${fileIn('symlink').path}.link`).isSymbolicLink());
  assert.equal(statSync(fileIn('readonly').path).mode & 0o777, 0o444);
});

test('a write under an open editor is put back, and the editor follows', async () => {
  await fresh();
  const file = fileIn('open');
  const document = await file.open();
  await otherProcess(inPlace, file.path, aiEdit);
  await promptFor(file);
  await until(() => assert.equal(file.disk(), before), 1000);
  await until(() => assert.equal(document.getText(), before));
  assert.equal(document.isDirty, false);
  await driver.clickNotification('Put back');
});

test('Approve of a write that was put back lands it, on disk and in the editor', async () => {
  await fresh();
  const file = fileIn('approve');
  const document = await file.open();
  await otherProcess(inPlace, file.path, aiEdit);
  await promptFor(file);
  await driver.clickNotification('Approve…');
  await driver.clickModal('Approve');
  await until(() => assert.equal(file.disk(), aiEdit));
  await until(() => assert.equal(document.getText(), aiEdit));
  await assertQuiet();
  assert.equal(file.disk(), aiEdit);
});

test('what a person put back is put back again without a question, and can be approved where it is shown', async () => {
  await fresh();
  const file = fileIn('again');
  await otherProcess(inPlace, file.path, aiEdit);
  await assertPutBack(file, aiEdit);
  await driver.clickNotification('Put back');
  await until(async () => assert.ok((await recorded(file.name)).includes('put-back')));
  await otherProcess(inPlace, file.path, aiEdit);
  await assertQuiet();
  assert.equal(file.disk(), before);
  await assertShownAsRefused(file);
  await driver.screenshot('refused-before');
  const said = vscode.languages.getDiagnostics(file.uri).map(({ message }) => message);
  assert.match(said.join(), /is not on disk.*A person has refused exactly this edit before/);
  void vscode.commands.executeCommand('infrahold.approveHeldEdit', file.uri);
  await driver.clickModal('Approve');
  await until(() => assert.equal(file.disk(), aiEdit));
});

test('a write of another process that changes no meaning stays, without a word', async () => {
  await fresh();
  const file = fileIn('neutral');
  const neutral = before.replace('# L9 stack.', '# The stack of L9.');
  await otherProcess(inPlace, file.path, neutral);
  await assertQuiet();
  assert.equal(file.disk(), neutral);
});

test('W27: what cannot be put back is said loudly, and left alone', async () => {
  await fresh();
  const file = fileIn('blocked');
  await otherProcess(folderInTheWay, file.path, 'mine');
  const { severity, message } = await driver.notification('a folder stands in its place');
  assert.equal(severity, 'error');
  assert.match(message, /blocked\/docker-compose\.yml/);
  assert.equal(readFileSync(`${file.path}/mine.txt`, 'utf8'), 'mine');
  await driver.dismissNotifications();
});

/** What the state directory holds, by names. */
const inState = (part: string) =>
  readdirSync(process.env.XDG_STATE_HOME ?? '', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes(`${part}${sep}`),
  );

// These come last: what earlier tests left in the state is gone after them.
const removeState = () =>
  rmSync(process.env.XDG_STATE_HOME ?? '', { recursive: true, maxRetries: 20, retryDelay: 20 });

test('W27: a state directory that is removed under a window is made anew, the guard holds, and it is said', async () => {
  await fresh();
  const file = fileIn('rebuilt');
  const accepted = inState('baselines').length;
  assert.ok(accepted > 0);
  removeState();
  await otherProcess(inPlace, file.path, aiEdit);
  await assertPutBack(file, aiEdit);
  const { severity } = await driver.notification('was made anew');
  assert.equal(severity, 'warning');
  assert.equal(inState('baselines').length, accepted, 'what was accepted is');
  assert.equal(inState('guards').length, 1, 'hooks know that somebody watches');
  assert.deepEqual(await recorded(file.name), ['baseline-taken', 'held', 'restored']);
  await driver.dismissNotifications();
});

test('W27: with the state directory gone nothing passes at a save, and it is said', async () => {
  await fresh();
  const file = fileIn('stateless');
  const document = await file.open();
  await replaceText(document, aiEdit);
  removeState();
  await driver.press('Control+S');
  await driver.notification('was made anew');
  await promptFor(file);
  await wait(1000);
  assert.equal(file.disk(), before);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
});
