/**
 * Shows control characters instead of sending them to the screen: a name in a file could otherwise rub out the line
 * that warns about it, or turn its reading direction.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
