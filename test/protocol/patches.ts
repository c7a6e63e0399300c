/** Replaces whole lines. */
export function patchOf(path: string, old: string, fresh: string): string {
  const signed = (sign: string, text: string) =>
    text === '' ? '' : text.replace(/\n$/, '').replaceAll(/^/gm, sign).concat('\n');
  return patched(`*** Update File: ${path}\n@@\n${signed('-', old)}${signed('+', fresh)}`.trimEnd());
}

export function addition(path: string, text: string): string {
  return patched(`*** Add File: ${path}\n${text.replace(/\n$/, '').replaceAll(/^/gm, '+')}`);
}

export function patched(sections: string): string {
  return `*** Begin Patch\n${sections}\n*** End Patch\n`;
}
