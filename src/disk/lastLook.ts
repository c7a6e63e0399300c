import { sameBytes } from '../content.ts';

/** What a file was when it was last looked at. */
export interface LastLook {
  readonly stamp: string;
  /** `undefined` when there was no such file. */
  readonly content: Uint8Array | Outline | undefined;
}

/** What is left of a content that is not at hand any more. */
export interface Outline {
  readonly length: number;
  readonly endsLine: boolean;
}

/** `false` as well where nobody can say. */
export function wasSame({ content: last }: LastLook, content: Uint8Array | undefined): boolean {
  return last === undefined || last instanceof Uint8Array ? sameBytes(last, content) : false;
}

export function endedLine(content: Uint8Array | Outline): boolean {
  return content instanceof Uint8Array ? content.at(-1) === 0x0a : content.endsLine;
}

export function faded({ content, stamp }: LastLook): LastLook {
  const outline = content && { length: content.length, endsLine: endedLine(content) };
  return { content: outline, stamp };
}
