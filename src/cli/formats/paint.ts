import type { Sink } from '../world.ts';

/** Colours and width for one output. */
export interface Paint {
  bold(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  dim(text: string): string;
  /** Columns of the terminal; `undefined` where lines must not be broken, as in a file. */
  readonly width: number | undefined;
}

/** Colour is for a terminal, unless NO_COLOR or FORCE_COLOR say otherwise (no-color.org, force-color.org). */
export function paintFor(sink: Sink, env: Readonly<Record<string, string | undefined>>): Paint {
  const on = wantsColour(sink, env);
  const style = (code: number, end: number) => (text: string) =>
    on ? `\u001b[${code}m${text}\u001b[${end}m` : text;
  const width = sink.isTTY === true ? Math.max(40, Math.min(sink.columns ?? 80, 120)) : undefined;
  return {
    bold: style(1, 22),
    red: style(31, 39),
    yellow: style(33, 39),
    green: style(32, 39),
    dim: style(2, 22),
    width,
  };
}

/** For what is not shown in a terminal. */
export const plainPaint: Paint = {
  bold: (text) => text,
  red: (text) => text,
  yellow: (text) => text,
  green: (text) => text,
  dim: (text) => text,
  width: undefined,
};

/** Breaks a line between words; what follows hangs under the text. A word longer than the line stays whole. */
export function wrap(text: string, indent: number, width: number | undefined): string {
  if (width === undefined || text.length + indent <= width) return text;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

/** NO_COLOR wins over everything: who sets it cannot read colour, or does not want to. */
function wantsColour(sink: Sink, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return sink.isTTY === true && env.TERM !== 'dumb';
}
