/** What a look at the screen came to: found, or missing with what was there instead. */
export type Look<T> = { readonly found: T } | { readonly missing: unknown };

/** Looks again and again until something is there; the error of a failed wait says what was there instead. */
export async function eventually<T>(what: string, timeout: number, look: () => Promise<Look<T>>): Promise<T> {
  let last: unknown = 'nothing';
  for (const end = Date.now() + timeout; ; ) {
    const seen = await look();
    if ('found' in seen) return seen.found;
    last = seen.missing;
    if (Date.now() > end) break;
    await new Promise((done) => setTimeout(done, 40));
  }
  throw new Error(`waited ${timeout / 1000} s for ${what}; there was ${JSON.stringify(last)}`);
}

/** Labels differ from titles in white space, which VS Code makes unbreakable here and there. */
export const named = (label: string, title: string): boolean => plain(label) === plain(title);

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();
