/**
 * Shows control characters instead of sending them to the screen: a name in a file could otherwise rub out the line
 * that warns about it, or turn its reading direction.
 */
export function printable(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Whether a text holds nothing but usual characters. Most do, and then what others are, which takes long, need not be looked up. */
export function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
