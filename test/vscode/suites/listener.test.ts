import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import { before, fresh, until, wait } from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { Skip, test } from '../support/suite.ts';
import { onDisk, open, uri } from '../support/workspace.ts';

/**
 * How long our save listener takes, between a listener of another extension that comes before it and one that comes
 * after. VS Code drops a listener for good that was late too often.
 */
export const fixture: Fixture = {
  reason: 'hidden',
  // How long our listener takes is a matter of ours, on every VS Code.
  versions: ['1.139.1'],
  extension: 'required',
  files: { 'notes.md': 'one\n' },
  env: {
    // The suite is bundled to a folder three below the project's; the extension host runs a copy of it elsewhere.
    INFRAHOLD_TEST_CORPUS: join(__dirname, '..', '..', '..', '..', 'shared', 'corpus'),
    INFRAHOLD_TEST_SAVES: process.env.INFRAHOLD_TEST_SAVES ?? '20',
  },
};

/** The largest of the real Compose files. */
function largest(): string {
  const corpus = process.env.INFRAHOLD_TEST_CORPUS ?? '';
  const index = join(corpus, 'index.json');
  if (!existsSync(index)) throw new Skip('the sweep over real files needs ../shared/corpus');
  const files: { readonly repo: string; readonly path: string; readonly bytes: number }[] = JSON.parse(
    readFileSync(index, 'utf8'),
  );
  const [first] = files.sort((one, other) => other.bytes - one.bytes);
  assert.ok(first);
  return readFileSync(join(corpus, first.repo, first.path), 'utf8');
}

/** Milliseconds that our listener took with each save, and the text that it left for those that come after it. */
interface Stopwatch {
  readonly times: number[];
  left: string;
}

function watchSaves(): { first(): vscode.Disposable; last(): vscode.Disposable; readonly watch: Stopwatch } {
  const watch: Stopwatch = { times: [], left: '' };
  let since = 0;
  return {
    watch,
    first: () =>
      vscode.workspace.onWillSaveTextDocument(() => {
        since = performance.now();
      }),
    last: () =>
      vscode.workspace.onWillSaveTextDocument(({ document }) => {
        watch.times.push(performance.now() - since);
        watch.left = document.getText();
      }),
  };
}

async function replaceLine(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, document.lineAt(line).range, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function figures(times: readonly number[]): string {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1]?.toFixed(1);
  return `${times.length} times, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`;
}

/** Something that happens right after a save was announced to a listener that comes before ours. */
let onAnnounced: () => void = () => undefined;
let isListening = false;

/** Before any file is there that would wake our extension. */
function listenFirst(): void {
  if (!isListening) vscode.workspace.onWillSaveTextDocument(() => onAnnounced());
  isListening = true;
}

/** Keeps the whole extension host busy, as another extension may. */
function keepBusy(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

test(
  'no save of the largest real file is too long for our listener: VS Code asks it to the last',
  async (context) => {
    const text = largest();
    const rounds = Number(process.env.INFRAHOLD_TEST_SAVES);
    listenFirst();
    const saves = watchSaves();
    const listeners = [saves.first()];
    for (const name of ['passes', 'held']) {
      const { fsPath } = uri(`${name}/compose.yml`);
      mkdirSync(dirname(fsPath), { recursive: true });
      writeFileSync(fsPath, `# 0\n${text}`);
    }
    await fresh();
    listeners.push(saves.last());
    const { watch } = saves;
    const passing = (await open('passes/compose.yml')).document;
    // Nobody saves sooner what they have yet to read.
    await wait(1000);
    for (let round = 1; round <= rounds; round++) {
      await replaceLine(passing, 0, `# ${round}`);
      assert.ok(await passing.save());
      assert.equal(onDisk('passes/compose.yml'), `# ${round}\n${text}`);
    }
    const passed = watch.times.splice(0);
    const [cold] = passed;
    const holding = (await open('held/compose.yml')).document;
    const image = holding
      .getText()
      .split('\n')
      .findIndex((line) => /^ +image: /.test(line));
    for (let round = 1; round <= rounds; round++) {
      await replaceLine(holding, image, `    image: other:${round}`);
      const proposal = holding.getText();
      await holding.save();
      assert.equal(watch.left, `# 0\n${text}`, `save ${round}: our listener was asked and held it`);
      await until(() => assert.equal(holding.getText(), proposal));
    }
    assert.equal(onDisk('held/compose.yml'), `# 0\n${text}`);
    for (const listener of listeners) listener.dispose();
    const size = (Buffer.byteLength(text) / 1000).toFixed(1);
    await context.note(`save listener, ${size} KB: first ${cold?.toFixed(1)} ms`);
    await context.note(`save listener, ${size} KB: passes ${figures(passed)}`);
    await context.note(`save listener, ${size} KB: held ${figures(watch.times)}`);
    await driver.dismissNotifications();
    await vscode.commands.executeCommand('workbench.action.files.revert');
  },
  { timeout: 600_000 },
);

test('a save that is judged too late and may pass is made all the same, without a word', async () => {
  listenFirst();
  const { fsPath } = uri('late/compose.yml');
  mkdirSync(dirname(fsPath), { recursive: true });
  writeFileSync(fsPath, before);
  await fresh();
  const { document } = await open('late/compose.yml');
  let times = 0;
  onAnnounced = () => {
    if (times++ === 0) setImmediate(() => keepBusy(1000));
  };
  try {
    await replaceLine(document, 0, '# The stack of L9.');
    const wanted = document.getText();
    await document.save();
    await until(() => assert.equal(onDisk('late/compose.yml'), wanted));
    assert.equal(times, 2, 'the first save was too late');
    await until(() => assert.equal(document.isDirty, false));
    await wait(1200);
    const told = (await driver.notifications()).filter(({ message }) => message.includes('late/'));
    assert.deepEqual(told, []);
  } finally {
    onAnnounced = () => undefined;
  }
});
