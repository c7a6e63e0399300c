import type {
  Disposable,
  DocumentPasteEditProvider,
  DocumentPasteProviderMetadata,
  Range,
  Selection,
  TextDocument,
  TextDocumentChangeEvent,
  TextEditorSelectionChangeEvent,
  Uri,
} from 'vscode';
import {
  languages,
  TextDocumentChangeReason,
  TextEditorSelectionChangeKind,
  window,
  workspace,
} from 'vscode';
import { sameBytes } from '../content.ts';
import type { Origin } from '../ports.ts';
import type { Authorship, BufferChange, ChangeReason } from './authors.ts';
import { afterCaret, afterChange, originOf, tainted, untouched, whenAccepted } from './authors.ts';
import { bytesOf, openDocumentAt } from './buffers.ts';
import { DisposableList } from './disposables.ts';

/** What is protected, and what is accepted of it. */
export interface Accepting {
  isProtected(uri: Uri): boolean;
  /** The accepted text of a protected file, once it was read. */
  textOf(uri: Uri): string | undefined;
}

/** Watches the buffers of protected files and knows who wrote what is not accepted yet. */
export class BufferAuthors implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly states = new Map<string, Authorship>();
  /** Documents that we are editing ourselves, with whom the new text is from. */
  private readonly own = new Map<string, Origin | undefined>();
  private pasting: { readonly key: string; readonly text: string; readonly at: number } | undefined;
  private readonly accepting: Accepting;

  constructor(accepting: Accepting) {
    this.accepting = accepting;
    this.disposables.add(workspace.onDidChangeTextDocument((event) => this.changed(event)));
    this.disposables.add(window.onDidChangeTextEditorSelection((event) => this.moved(event)));
    this.disposables.add(
      languages.registerDocumentPasteEditProvider({ scheme: 'file' }, this.onPaste, pasteEvents),
    );
    this.disposables.add(workspace.onDidCloseTextDocument(({ uri }) => this.states.delete(uri.toString())));
  }

  originOf(uri: Uri): Origin {
    return originOf(this.states.get(uri.toString()) ?? untouched);
  }

  /** Who wrote what was saved past every save listener: the editor knows it only while it shows the same bytes. */
  async originOnDisk(document: TextDocument, content: Uint8Array | undefined): Promise<Origin> {
    const shown = await bytesOf(document);
    return sameBytes(shown, content) ? this.originOf(document.uri) : { author: 'unknown' };
  }

  /** A buffer that holds the accepted text and nothing newer is nobody's any more. */
  accepted(uri: Uri): void {
    const state = this.states.get(uri.toString());
    const isAccepted = openDocumentAt(uri)?.getText() === this.accepting.textOf(uri);
    if (state !== undefined && isAccepted) this.states.set(uri.toString(), whenAccepted(state));
  }

  /** Edits a document in somebody's name; without one the new text is accepted text. */
  async editAs<T>(document: TextDocument, origin: Origin | undefined, edit: () => Promise<T>): Promise<T> {
    const key = document.uri.toString();
    this.own.set(key, origin);
    try {
      return await edit();
    } finally {
      this.own.delete(key);
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Offers no paste of its own: being asked tells that a person pastes, which no change event says. */
  private readonly onPaste: DocumentPasteEditProvider = {
    provideDocumentPasteEdits: async (document, _ranges, transfer) => {
      if (!this.accepting.isProtected(document.uri)) return undefined;
      const text = await transfer.get('text/plain')?.asString();
      if (text !== undefined) this.pasting = { key: document.uri.toString(), text, at: Date.now() };
      return undefined;
    },
  };

  /** A paste is used up by the change it explains. */
  private takePaste(key: string): string | undefined {
    const { pasting } = this;
    if (pasting?.key !== key) return undefined;
    this.pasting = undefined;
    return Date.now() - pasting.at < pasteArrivesWithin ? pasting.text : undefined;
  }

  private changed(event: TextDocumentChangeEvent): void {
    const { document } = event;
    if (event.contentChanges.length === 0 || !this.accepting.isProtected(document.uri)) return;
    const key = document.uri.toString();
    const state = this.states.get(key) ?? untouched;
    const next = this.own.has(key)
      ? ownEdit(state, this.own.get(key))
      : afterChange(state, changeOf(event, this.takePaste(key)));
    this.states.set(
      key,
      document.getText() === this.accepting.textOf(document.uri) ? whenAccepted(next) : next,
    );
  }

  private moved(event: TextEditorSelectionChangeEvent): void {
    const { document } = event.textEditor;
    const state = this.states.get(document.uri.toString());
    if (state === undefined) return;
    const carets = event.selections.map(({ active }) => document.offsetAt(active));
    const byKeyboard = event.kind === TextEditorSelectionChangeKind.Keyboard;
    this.states.set(document.uri.toString(), afterCaret(state, { byKeyboard, carets, at: Date.now() }));
  }
}

function ownEdit(state: Authorship, origin: Origin | undefined): Authorship {
  if (origin === undefined) return whenAccepted(state);
  return origin.author === 'human' ? { ...state, person: true } : tainted(state, origin);
}

function changeOf(event: TextDocumentChangeEvent, pasting: string | undefined): BufferChange {
  const editor = window.activeTextEditor;
  const active = editor?.document === event.document ? editor : undefined;
  // The selection event comes after this one: the editor still says where the carets were before.
  const selections = active?.selections ?? [];
  const edits = event.contentChanges.map(({ range, rangeOffset, rangeLength, text }) => ({
    offset: rangeOffset,
    removed: rangeLength,
    inserted: text,
    atCaret: selections.some((selection) => isAtCaret(range, selection)),
  }));
  const undoOrRedo =
    event.reason === TextDocumentChangeReason.Undo || event.reason === TextDocumentChangeReason.Redo;
  const focused = window.state.focused && active !== undefined;
  return { edits, undoOrRedo, reason: detailedReason(event), focused, pasting, at: Date.now() };
}

function isAtCaret(range: Range, { start, end, isEmpty }: Selection): boolean {
  if (!isEmpty) return range.start.isEqual(start) && range.end.isEqual(end);
  if (range.start.isEqual(start) || range.end.isEqual(start)) return range.end.line - range.start.line <= 1;
  const isWholeLine = range.start.character === 0 && range.end.character === 0;
  return isWholeLine && range.start.line === start.line && range.end.line === start.line + 1;
}

const pasteEvents: DocumentPasteProviderMetadata = {
  pasteMimeTypes: ['text/plain'],
  providedPasteEditKinds: [],
};
const pasteArrivesWithin = 3_000;

/** Part of a proposed API, present on some hosts only; reading it elsewhere may throw. */
function detailedReason(event: TextDocumentChangeEvent): ChangeReason | undefined {
  try {
    const reason: unknown = Reflect.get(event, 'detailedReason');
    if (typeof reason !== 'object' || reason === null) return undefined;
    const source: unknown = Reflect.get(reason, 'source');
    const metadata: unknown = Reflect.get(reason, 'metadata');
    if (typeof source !== 'string') return undefined;
    return { source, metadata: typeof metadata === 'object' && metadata !== null ? { ...metadata } : {} };
  } catch {
    return undefined;
  }
}
