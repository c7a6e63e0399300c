/** What became of a settings text: the new text, `undefined` for no file, or why it cannot be touched. */
export type Edited = { readonly text: string | undefined } | Unfit;

/** A text that is left alone because it cannot be understood, with the place in it. */
export interface Unfit {
  readonly why: string;
  readonly line: number;
}

/** How a text is laid out, so that what is added looks as if it had always stood there. */
export interface TextStyle {
  readonly lineEnd: '\n' | '\r\n';
  readonly indent: string;
}

export function styleOf(text: string): TextStyle {
  const [, indent = '  '] = /^([ \t]+)[^\s*/]/m.exec(text) ?? [];
  return { lineEnd: text.includes('\r\n') ? '\r\n' : '\n', indent };
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Runs an edit on the text behind a byte order mark, which stays where it was. */
export function behindMark(text: string | undefined, edit: (bare: string | undefined) => Edited): Edited {
  if (text === undefined || !text.startsWith(mark)) return edit(text);
  const edited = edit(text.slice(mark.length));
  return 'why' in edited || edited.text === undefined ? edited : { text: mark + edited.text };
}

const mark = '\uFEFF';
