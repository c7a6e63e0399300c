import type {
  Disposable,
  TextDocument,
  TextDocumentChangeEvent,
  TextEditorSelectionChangeEvent,
  Uri,
} from 'vscode';
import { TextDocumentChangeReason, TextEditorSelectionChangeKind, window, workspace } from 'vscode';
import type { Origin } from '../ports.ts';
import type { Authorship, BufferChange, ChangeReason } from './authors.ts';
import { afterCaret, afterChange, originOf, tainted, untouched, whenAccepted } from './authors.ts';
import { openDocumentAt } from './buffers.ts';
import { DisposableList } from './disposables.ts';

/** Watches the buffers of protected files and knows who wrote what is not accepted yet. */
export class BufferAuthors implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly states = new Map<string, Authorship>();
  /** Documents that we are editing ourselves, with whom the new text is from. */
  private readonly own = new Map<string, Origin | undefined>();
  private readonly baselineText: (uri: Uri) => string | undefined;

  /** `baselineText` gives the accepted text of a protected file that is open. */
  constructor(baselineText: (uri: Uri) => string | undefined) {
    this.baselineText = baselineText;
    this.disposables.add(workspace.onDidChangeTextDocument((event) => this.changed(event)));
    this.disposables.add(window.onDidChangeTextEditorSelection((event) => this.moved(event)));
    this.disposables.add(workspace.onDidCloseTextDocument(({ uri }) => this.states.delete(uri.toString())));
  }

  originOf(uri: Uri): Origin {
    return originOf(this.states.get(uri.toString()) ?? untouched);
  }

  /** Who wrote what was saved past every save listener: the editor knows it only while it shows the same text. */
  originOnDisk(uri: Uri): Origin {
    const document = openDocumentAt(uri);
    return document === undefined || document.isDirty ? { author: 'unknown' } : this.originOf(uri);
  }

  accepted(uri: Uri): void {
    const state = this.states.get(uri.toString());
    if (state !== undefined) this.states.set(uri.toString(), whenAccepted(state));
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

  private changed(event: TextDocumentChangeEvent): void {
    const { document } = event;
    const baseline = this.baselineText(document.uri);
    if (event.contentChanges.length === 0 || baseline === undefined) return;
    const key = document.uri.toString();
    const state = this.states.get(key) ?? untouched;
    const next = this.own.has(key) ? ownEdit(state, this.own.get(key)) : afterChange(state, changeOf(event));
    this.states.set(key, document.getText() === baseline ? whenAccepted(next) : next);
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

function changeOf(event: TextDocumentChangeEvent): BufferChange {
  const edits = event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    offset: rangeOffset,
    removed: rangeLength,
    inserted: text,
  }));
  const undoOrRedo =
    event.reason === TextDocumentChangeReason.Undo || event.reason === TextDocumentChangeReason.Redo;
  const focused = window.state.focused && window.activeTextEditor?.document === event.document;
  return { edits, undoOrRedo, reason: detailedReason(event), focused, at: Date.now() };
}

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
