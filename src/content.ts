import type { Problem } from './core/model/document.ts';

/** Larger texts are not judged: a reading of unbounded cost must not stand in the way of a save. */
export const largestText = 8 * 1024 * 1024;

/**
 * Reads bytes as UTF-8 text, byte order mark kept, so that writing the text gives the same bytes again.
 * Content that is not text is a problem and never a guess.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly problem: Problem } {
  if (bytes.length > largestText) {
    const size = `${(bytes.length / 1_048_576).toFixed(1)} MiB`;
    return { problem: problem('too-large', `the file has ${size}; at most 8 MiB can be judged`) };
  }
  if (bytes.includes(0))
    return { problem: problem('binary-file', 'the file holds NUL bytes: it is not a text') };
  const text = textOf(bytes);
  if (text !== undefined) return { text };
  return { problem: problem('not-utf8', 'the file is not valid UTF-8; save it as UTF-8') };
}

/** The text that bytes are in UTF-8, byte order mark kept; `undefined` where they are none. */
export function textOf(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  // It stands for all that is no UTF-8; a text can hold it as well, and a decoder that can tell takes long to make.
  if (!text.includes('\ufffd')) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function sameBytes(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

function problem(code: 'too-large' | 'binary-file' | 'not-utf8', message: string): Problem {
  return { code, message, line: 1, column: 1 };
}
