import type { Hunk, Proposal } from './protocol.ts';

/**
 * Reads the patch format that several agents share. Each file becomes one proposal, a moved file two: the text at its
 * new path and the removal of the old one.
 */
export function readPatch(
  text: string,
): { readonly proposals: readonly Proposal[] } | { readonly why: string } {
  const lines = text.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const start = lines.findIndex((line) => line.trim() === '*** Begin Patch');
  const isWhole = start !== -1 && lines.at(-1)?.trim() === '*** End Patch';
  const read = isWhole ? sectionsOf(lines.slice(start + 1, -1)).map(readSection) : [undefined];
  const known = read.filter((proposals) => proposals !== undefined);
  const proposals = known.length === read.length ? known.flat() : unknownResults(lines);
  return proposals.length > 0 ? { proposals } : { why: 'no file could be read from the patch' };
}

/** A patch in a dialect of its own still tells which files it means; those that are nobody's concern may pass. */
function unknownResults(lines: readonly string[]): Proposal[] {
  const why = 'the patch is not in the form known here';
  return lines.flatMap((line) => {
    const path = (fileHeader.exec(line)?.[2] ?? moveHeader.exec(line)?.[1])?.trim();
    return path === undefined ? [] : [{ path, change: { how: 'unknown', why } }];
  });
}

const fileHeader = /^\*\*\* (Add|Delete|Update) File: (.+)$/;
const moveHeader = /^\*\*\* Move to: (.+)$/;

/** One section for each file; a line before the first belongs to none and makes the patch unknown. */
function sectionsOf(lines: readonly string[]): string[][] {
  const sections: string[][] = [];
  for (const line of lines) {
    if (fileHeader.test(line) || sections.length === 0) {
      if (!line.startsWith('*** Environment ID:') && line.trim() !== '') sections.push([line]);
    } else sections.at(-1)?.push(line);
  }
  return sections;
}

function readSection([header = '', ...body]: readonly string[]): Proposal[] | undefined {
  const [, op, name = ''] = fileHeader.exec(header) ?? [];
  const path = name.trim();
  switch (op) {
    case 'Add':
      if (!body.every((line) => line.startsWith('+'))) return undefined;
      return [{ path, change: { how: 'write', text: body.map((line) => `${line.slice(1)}\n`).join('') } }];
    case 'Delete':
      return [{ path, change: { how: 'remove' } }];
    case 'Update':
      return readUpdate(path, body);
    default:
      return undefined;
  }
}

/** A moved file is judged at both of its paths. */
function readUpdate(path: string, body: readonly string[]): Proposal[] | undefined {
  const moved = moveHeader.exec(body[0] ?? '')?.[1]?.trim();
  const hunks = hunksOf(moved === undefined ? body : body.slice(1));
  if (hunks === undefined) return undefined;
  if (moved === undefined) return [{ path, change: { how: 'patch', hunks } }];
  return [
    { path: moved, change: { how: 'patch', hunks, from: path } },
    { path, change: { how: 'remove' } },
  ];
}

interface OpenHunk {
  headers: string[];
  old: string[];
  fresh: string[];
  atEnd: boolean;
}

function hunksOf(lines: readonly string[]): Hunk[] | undefined {
  const hunks: OpenHunk[] = [];
  let current: OpenHunk | undefined;
  const begin = (): OpenHunk => {
    const hunk: OpenHunk = { headers: [], old: [], fresh: [], atEnd: false };
    hunks.push(hunk);
    return hunk;
  };
  for (const line of lines) {
    if (line.startsWith('@@')) {
      const isNested = current !== undefined && current.old.length + current.fresh.length === 0;
      current = isNested && current !== undefined ? current : begin();
      const header = line.slice(2).trim();
      if (header !== '') current.headers.push(header);
      continue;
    }
    current ??= begin();
    if (!takeLine(current, line)) return undefined;
  }
  return hunks;
}

/** `false` for a line that has no sign: the patch is then not in this format. */
function takeLine(hunk: OpenHunk, line: string): boolean {
  if (line === '*** End of File') {
    hunk.atEnd = true;
    return true;
  }
  const text = line.slice(1);
  const sign = line === '' ? ' ' : line[0];
  if (sign !== ' ' && sign !== '-' && sign !== '+') return false;
  if (sign !== '+') hunk.old.push(text);
  if (sign !== '-') hunk.fresh.push(text);
  return true;
}
