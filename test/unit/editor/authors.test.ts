import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Authorship, BufferChange } from '../../../src/editor/authors.ts';
import { afterCaret, afterChange, originOf, untouched, whenAccepted } from '../../../src/editor/authors.ts';

const change: BufferChange = {
  edits: [{ offset: 10, removed: 0, inserted: 'x', atCaret: false }],
  undoOrRedo: false,
  reason: undefined,
  focused: true,
  pasting: undefined,
  at: 1000,
};

function changed(over: Partial<BufferChange>, state: Authorship = untouched): Authorship {
  return afterChange(state, { ...change, ...over });
}

function typed(state: Authorship = untouched): Authorship {
  return afterCaret(changed({}, state), { byKeyboard: true, carets: [11], at: 1005 });
}

function named(source: string, metadata: Record<string, unknown> = {}): Partial<BufferChange> {
  return { reason: { source, metadata } };
}

function author(state: Authorship): string {
  return originOf(state).author;
}

test('nobody was seen writing: the author is unknown', () => {
  assert.equal(author(untouched), 'unknown');
});

test('a change that the caret follows by the keyboard is typing', () => {
  assert.equal(author(typed()), 'human');
});

test('a change that the caret does not follow is nobody we know', () => {
  assert.equal(author(changed({})), 'unknown');
  assert.equal(author(afterCaret(changed({}), { byKeyboard: false, carets: [11], at: 1005 })), 'unknown');
  assert.equal(author(afterCaret(changed({}), { byKeyboard: true, carets: [40], at: 1005 })), 'unknown');
  assert.equal(author(afterCaret(changed({}), { byKeyboard: true, carets: [11], at: 1500 })), 'unknown');
});

test('a change in an editor without the focus taints the buffer, and typing after it does not clean it', () => {
  assert.equal(author(typed(changed({ focused: false }))), 'unknown');
});

test('a change nobody vouched for taints the buffer as soon as another one comes', () => {
  assert.equal(author(typed(changed({}))), 'unknown');
});

test('each of several carets must stand at its own new text', () => {
  const edits = [
    { offset: 30, removed: 0, inserted: 'y', atCaret: false },
    { offset: 10, removed: 0, inserted: 'y', atCaret: false },
  ];
  const both = { byKeyboard: true, carets: [11, 32], at: 1001 };
  assert.equal(author(afterCaret(changed({ edits }), both)), 'human');
  assert.equal(author(afterCaret(changed({ edits }), { ...both, carets: [11] })), 'unknown');
});

test('what is being pasted is the person’s, indented or not, and other text at that moment is not', () => {
  const edits = [{ offset: 0, removed: 0, inserted: '    web:\n      image: nginx\n', atCaret: false }];
  assert.equal(author(changed({ edits, pasting: 'web:\n  image: nginx\n' })), 'human');
  assert.equal(author(changed({ edits, pasting: 'web:\n  image: httpd\n' })), 'unknown');
});

test('deleting what is selected is the person’s, and deleting elsewhere is not', () => {
  const edit = { offset: 5, removed: 20, inserted: '' };
  assert.equal(author(changed({ edits: [{ ...edit, atCaret: true }] })), 'human');
  assert.equal(author(changed({ edits: [{ ...edit, atCaret: false }] })), 'unknown');
});

test('an agent that the editor names keeps its tool, model and session', () => {
  const state = changed(
    named('Chat.applyEdits', { $modelId: 'm', $extensionId: 'publisher.chat', $$sessionId: 's' }),
  );
  assert.deepEqual(originOf(typed(state)), {
    author: 'ai',
    tool: 'publisher.chat',
    model: 'm',
    session: 's',
  });
});

test('an unnamed change after an agent’s does not hide the agent', () => {
  const state = changed(named('unknown'), changed(named('inlineCompletionAccept')));
  assert.equal(author(state), 'ai');
});

test('the editor’s word counts for typing, keys and reading from disk', () => {
  assert.equal(author(changed(named('cursor'))), 'human');
  assert.equal(author(changed({ ...named('cursor'), focused: false })), 'unknown');
  assert.equal(author(changed(named('unknown', { name: 'editor.action.deleteLines' }))), 'human');
  assert.equal(author(changed(named('unknown', { name: 'MainThreadTextEditor' }))), 'unknown');
  assert.equal(changed(named('reloadFromDisk'), changed({ focused: false })).taint, undefined);
});

test('accepting cleans the buffer, and redo brings the taint back with the text', () => {
  const tainted = changed(named('Chat.applyEdits', { $modelId: 'm' }));
  const undone = whenAccepted(changed({ undoOrRedo: true }, tainted));
  assert.equal(author(typed(undone)), 'human');
  assert.equal(author(changed({ undoOrRedo: true }, undone)), 'ai');
});
