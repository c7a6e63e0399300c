import type { Content } from './effects.ts';
import { nothingKnown, type Shell, type Stream, silence } from './shell.ts';
import type { Redirect } from './syntax.ts';
import { streamAt, unknownContent, write } from './touch.ts';
import { hasHole, type Value } from './value.ts';

/** A redirection and the texts its word can be. */
export interface Redirection {
  readonly item: Redirect;
  readonly texts: readonly Value[];
}

/** What a command reads because of its redirections; `undefined` where they leave its input alone. */
export function inputOf(redirections: readonly Redirection[], shell: Shell): Stream | undefined {
  const last = redirections.findLast(
    ({ item }) => item.how === 'given' || (item.how === 'read' && item.stream === 0),
  );
  if (last === undefined) return undefined;
  const [text = '', ...others] = last.texts;
  if (last.item.how === 'read') {
    const streams = [text, ...others].map((one) => streamAt(shell, one));
    const [only] = streams;
    if (others.length === 0 && only !== undefined) return only;
    return { text: undefined, values: streams.flatMap(({ values }) => values) };
  }
  const values = last.texts.flatMap((one) => one.split('\n').filter((line) => line !== ''));
  return { text: others.length > 0 ? undefined : text, values };
}

/** Notes what the redirections write, and gives what is left for the next in the pipeline. */
export function redirect(redirections: readonly Redirection[], output: Stream, shell: Shell): Stream {
  let left = output;
  for (const { item, texts } of redirections) {
    if (item.how === 'read' || item.how === 'given') continue;
    const printed = item.stream === 1 ? output : nothingKnown;
    for (const target of texts) write(shell, target, contentFrom(printed, item.how), signs[item.how]);
    if (item.stream === 1) left = silence;
  }
  return left;
}

const signs = { write: '>', append: '>>', both: '<>' } as const;

export function contentFrom({ text, values }: Stream, how: 'write' | 'append' | 'both'): Content {
  if (text === undefined || hasHole(text) || how === 'both') {
    return unknownContent('what is printed into it is known only when it runs', values);
  }
  return how === 'append' ? { is: 'appended', text } : { is: 'text', text };
}
