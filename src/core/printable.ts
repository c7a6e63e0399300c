/**
 * Shows control characters instead of sending them to the screen: a name in a file could otherwise rub out the line
 * that warns about it, or turn its reading direction.
 */
export function printable(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Most texts hold nothing else, and then what the other characters are need not be looked up. */
const plain = /^[ -~]*$/;
