import type { Edited } from './edited.ts';

/** Writes a file that is Infrahold's alone. One of the same name that is somebody else's is left alone. */
export function writeOwn(text: string | undefined, content: string): Edited {
  if (text === undefined || isOwn(text)) return { text: content };
  return { why: 'a file of that name is there already, and it is not one of Infrahold', line: 1 };
}

export function removeOwn(text: string | undefined): Edited {
  return { text: text !== undefined && isOwn(text) ? undefined : text };
}

/** Stands in every file of ours, in whatever kind of comment the file has. */
export const ownMark = 'Written by `infrahold install`; `infrahold uninstall` removes it.';

function isOwn(text: string): boolean {
  return text.includes(ownMark);
}
