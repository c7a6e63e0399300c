import type { Chance } from '../unit/core/mutation/chance.ts';

/** One thing that goes wrong with the bytes of a file. `other` are those of another file of the kind. */
type Damage = (bytes: Buffer, chance: Chance, other: Buffer) => Uint8Array;

export function damagedBytes(bytes: Uint8Array, chance: Chance, other: Uint8Array): Uint8Array {
  const damage = damages[chance.below(damages.length)] ?? flipped;
  return damage(Buffer.from(bytes), chance, Buffer.from(other));
}

const damages: readonly Damage[] = [
  flipped,
  flipped,
  (bytes, chance) => put(bytes, chance.below(bytes.length + 1), [chance.below(256)]),
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
  (bytes, chance) => bytes.subarray(chance.below(bytes.length + 1)),
  cutInCharacter,
  (bytes, chance) => put(bytes, chance.below(bytes.length + 1), chosen(insertions, chance)),
  (bytes, chance) => put(bytes, chance.below(bytes.length + 1), chosen(insertions, chance)),
  (bytes) => put(bytes, 0, [0xef, 0xbb, 0xbf]),
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r'), 'latin1'),
  (bytes, chance) => {
    const [start, end] = stretch(bytes, chance);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  (bytes, chance) => {
    const [start, end] = stretch(bytes, chance);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  (bytes, chance, other) => {
    const [start, end] = stretch(other, chance);
    return put(bytes, chance.below(bytes.length + 1), other.subarray(start, end));
  },
  (bytes, chance, other) => {
    const at = chance.below(Math.min(bytes.length, other.length) + 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(at)]);
  },
  enlarged,
];

/** What text readers trip over: NUL, marks, other ends of lines and blanks, bytes that are no UTF-8, escapes. */
const insertions: readonly (readonly number[])[] = [
  [0x00],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0x0d],
  [0x09],
  [0x0c],
  [0x1b, 0x5b, 0x33, 0x31, 0x6d],
  [0xc2, 0x85],
  [0xc2, 0xa0],
  [0xe2, 0x80, 0xa8],
  [0xe2, 0x80, 0xae],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf0, 0x9f, 0x90, 0xb3],
  [0x80],
  [0x7f],
];

function flipped(bytes: Buffer, chance: Chance): Uint8Array {
  const at = chance.below(bytes.length);
  const byte = bytes[at];
  if (byte !== undefined) bytes[at] = byte ^ (1 << chance.below(8));
  return bytes;
}

/** In the middle of a character of several bytes, where there is one; what follows may come back later. */
function cutInCharacter(bytes: Buffer, chance: Chance): Uint8Array {
  const middles = [...bytes.keys()].filter((at) => ((bytes[at] ?? 0) & 0xc0) === 0x80);
  const at = middles[chance.below(middles.length)] ?? bytes.length;
  return chance.below(2) === 0 ? bytes.subarray(0, at) : put(bytes, at, [0x0a]);
}

/** Mostly a few kilobytes, for the time it takes; now and then more than may be judged at all. */
function enlarged(bytes: Buffer, chance: Chance): Uint8Array {
  const [start, end] = stretch(bytes, chance);
  const piece = bytes.subarray(start, end);
  const size = chance.below(400) === 0 ? 9_000_000 : 1 << (8 + chance.below(7));
  const times = Math.ceil(size / Math.max(1, piece.length));
  return put(bytes, start, Buffer.alloc(times * piece.length, piece.length > 0 ? piece : ' '));
}

function put(bytes: Buffer, at: number, piece: ArrayLike<number>): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), Uint8Array.from(piece), bytes.subarray(at)]);
}

function stretch(bytes: Buffer, chance: Chance): readonly [start: number, end: number] {
  const start = chance.below(bytes.length + 1);
  return [start, start + chance.below(Math.min(bytes.length - start, 200) + 1)];
}

export function chosen<Item>(items: readonly [Item, ...Item[]] | readonly Item[], chance: Chance): Item {
  const item = items[chance.below(items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}
