import { Recent } from '../../recent.ts';
import type { YamlEntry, YamlMap } from '../node.ts';
import { readBlock } from './blocks.ts';
import { movedNode, movedSpan } from './moved.ts';
import { type Section, sectionsOf } from './sections.ts';
import { mustBeUsual, unusual } from './unusual.ts';

/**
 * Reads a text of the kind that `readBlock` knows, with the same outcome as the full parser; `undefined` for any
 * other. Each entry of a top-level section (a service, a volume) is read once, however often the same words come again
 * in other texts or at other places.
 */
export function readQuickly(text: string): YamlMap | undefined {
  try {
    return wholeOf(text);
  } catch (error) {
    if (error !== unusual) throw error;
    return undefined;
  }
}

function wholeOf(text: string): YamlMap {
  const entries = new Map<string, YamlEntry>();
  let read = 0;
  for (const section of sectionsOf(text)) {
    // What stands between the blocks are heads and comments, which no block looks at.
    mustBeUsual(text.slice(read, section.parts[0] ?? section.start));
    read = section.end;
    if (section.parts.length === 0) putBlock(entries, text, section.start, section.end);
    else if (entries.has(section.name)) throw unusual;
    else entries.set(section.name, entryOf(text, section));
  }
  mustBeUsual(text.slice(read));
  if (entries.size === 0) throw unusual;
  return { type: 'map', tag: undefined, entries };
}

function entryOf(text: string, { start, end, parts }: Section): YamlEntry {
  const entries = new Map<string, YamlEntry>();
  let last = start;
  parts.forEach((part, index) => {
    last = putBlock(entries, text, part, parts[index + 1] ?? end);
  });
  return { node: { type: 'map', tag: undefined, entries }, span: { start, end: last } };
}

/** Puts the one entry that a stretch of the text is. Gives where it ends. */
function putBlock(entries: Map<string, YamlEntry>, text: string, start: number, end: number): number {
  const { name, entry } = blockOf(text.slice(start, end));
  if (entries.has(name)) throw unusual;
  const span = movedSpan(entry.span, start);
  entries.set(name, { node: movedNode(entry.node, start), span });
  return span.end;
}

interface Block {
  readonly name: string;
  /** Its spans count from the start of the block. */
  readonly entry: YamlEntry;
}

/** Enough for a stack of some thousand services. What is made of a text takes some twenty times its size. */
const blocks = new Recent<Block | 'unusual'>(4_000_000);

function blockOf(text: string): Block {
  const known = blocks.get(text);
  if (known === 'unusual') throw unusual;
  if (known !== undefined) return known;
  // A part of a text keeps the whole of it in memory, a copy does not.
  const copy = ` ${text}`.slice(1);
  try {
    const [found, ...more] = readBlock(copy).entries;
    if (found === undefined || more.length > 0) throw unusual;
    const block = { name: found[0], entry: found[1] };
    blocks.set(copy, block);
    return block;
  } catch (error) {
    if (error === unusual) blocks.set(copy, 'unusual');
    throw error;
  }
}
