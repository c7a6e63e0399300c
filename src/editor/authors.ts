import type { Origin } from '../ports.ts';

/** Who wrote what is in a buffer and not accepted yet. It is a value: every event makes a new one. */
export interface Authorship {
  /** Set by the first change that a person surely did not make, and kept until the buffer is accepted. */
  readonly taint: Origin | undefined;
  /** The last taint that was there, because undo and redo can bring its text back. */
  readonly formerTaint: Origin | undefined;
  /** A person was seen writing. Without it nothing is known, as with a buffer restored after a restart. */
  readonly person: boolean;
  /** Changes that wait for the caret to follow them, which only typing and pasting makes it do. */
  readonly unsure: readonly UnsureChange[];
}

export interface BufferChange {
  readonly edits: readonly BufferEdit[];
  readonly undoOrRedo: boolean;
  /** What the editor itself says about the change; only some hosts say it. */
  readonly reason: ChangeReason | undefined;
  /** The document is in the active editor of the window that has the focus. */
  readonly focused: boolean;
  /** What the person is pasting at this moment. */
  readonly pasting: string | undefined;
  readonly at: number;
}

export interface BufferEdit {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: string;
  /** It takes away just what a caret stood at, or what was selected: as keys do, and programs hardly ever. */
  readonly atCaret: boolean;
}

export interface ChangeReason {
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface CaretMove {
  readonly byKeyboard: boolean;
  readonly carets: readonly number[];
  readonly at: number;
}

interface UnsureChange {
  /** Where the new text lies after the change, from and to in one pair for each edit. */
  readonly regions: readonly (readonly [number, number])[];
  readonly at: number;
}

export const untouched: Authorship = {
  taint: undefined,
  formerTaint: undefined,
  person: false,
  unsure: [],
};

export function originOf(authorship: Authorship): Origin {
  if (authorship.taint !== undefined) return authorship.taint;
  return authorship.person && authorship.unsure.length === 0 ? { author: 'human' } : { author: 'unknown' };
}

export function afterChange(state: Authorship, change: BufferChange): Authorship {
  if (change.undoOrRedo) return { ...state, taint: state.taint ?? state.formerTaint, person: true };
  if (change.reason !== undefined) return afterNamedChange(state, change.reason, change.focused);
  const earlier = state.unsure.length > 0 ? tainted(state, { author: 'unknown' }) : state;
  if (!change.focused) return tainted(earlier, { author: 'unknown' });
  if (isPaste(change) || isDeletion(change)) return { ...earlier, person: true };
  return { ...earlier, unsure: [{ regions: newRegions(change.edits), at: change.at }] };
}

/** The keyboard moves the caret to the end of what it typed, pasted or deleted; a program's edit does not. */
export function afterCaret(state: Authorship, move: CaretMove): Authorship {
  if (!move.byKeyboard || state.unsure.length === 0) return state;
  const left = state.unsure.filter((change) => !follows(move, change));
  return { ...state, unsure: left, person: state.person || left.length < state.unsure.length };
}

/** The buffer's text is the accepted text: nothing in it waits for anybody. */
export function whenAccepted(state: Authorship): Authorship {
  return { ...untouched, formerTaint: state.taint ?? state.formerTaint };
}

export function tainted(state: Authorship, origin: Origin): Authorship {
  // An AI that was named stays named, whatever unnamed change comes after it.
  const taint = state.taint !== undefined && origin.author === 'unknown' ? state.taint : origin;
  return { ...state, taint, unsure: [] };
}

/** Longer than one message needs from the editor to here, shorter than a person needs for the next key. */
const caretFollowsWithin = 100;

const writtenByPerson = new Set(['cursor', 'snippet', 'suggest']);
const writtenByAi = /^(chat|inlinechat|inlinecompletion|inlinesuggest|nes)/i;
const readFromDisk = new Set(['reloadFromDisk', 'setValue']);

function afterNamedChange(state: Authorship, reason: ChangeReason, focused: boolean): Authorship {
  if (reason.source === 'eolChange') return state;
  if (readFromDisk.has(reason.source)) return whenAccepted(state);
  const isAction = text(reason.metadata.name)?.startsWith('editor.action.') ?? false;
  if (focused && (writtenByPerson.has(reason.source) || isAction)) return { ...state, person: true };
  const model = text(reason.metadata.$modelId);
  if (!writtenByAi.test(reason.source) && model === undefined) return tainted(state, { author: 'unknown' });
  const tool = text(reason.metadata.$extensionId) ?? reason.source;
  const session = text(reason.metadata.$$sessionId);
  return tainted(state, {
    author: 'ai',
    tool,
    ...(model === undefined ? {} : { model }),
    ...(session === undefined ? {} : { session }),
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Indentation may be adapted while pasting, and several carets share the lines between them. */
function isPaste({ pasting, edits }: BufferChange): boolean {
  if (pasting === undefined) return false;
  const pasted = withoutBlanks(pasting);
  const inserted = edits.map((edit) => withoutBlanks(edit.inserted));
  return inserted.every((part) => part === pasted) || [...inserted].sort().join() === pastedLines(pasting);
}

function isDeletion({ edits }: BufferChange): boolean {
  return edits.every((edit) => edit.inserted === '' && edit.atCaret);
}

function pastedLines(pasting: string): string {
  return pasting.split(/\r?\n/).map(withoutBlanks).sort().join();
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

function newRegions(edits: readonly BufferEdit[]): UnsureChange['regions'] {
  let shift = 0;
  return [...edits]
    .sort((one, other) => one.offset - other.offset)
    .map((edit) => {
      const start = edit.offset + shift;
      shift += edit.inserted.length - edit.removed;
      return [start, start + edit.inserted.length];
    });
}

function follows(move: CaretMove, change: UnsureChange): boolean {
  if (move.at - change.at > caretFollowsWithin) return false;
  return change.regions.every(([start, end]) => move.carets.some((caret) => start <= caret && caret <= end));
}
