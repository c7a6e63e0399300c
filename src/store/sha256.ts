import { createHash } from 'node:crypto';

/**
 * The SHA-256 of a content, in hex. Node's own is loaded only for what is large: loading it costs a hook more than
 * everything that it hashes for a usual file.
 */
export function sha256(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (bytes.length > mostBytes) return createHash('sha256').update(bytes).digest('hex');
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const known = recent.get(key) ?? digest(bytes);
  if (recent.size === mostRecent) recent.clear();
  recent.set(key, known);
  return known;
}

const mostBytes = 32_768;

/** The same paths and versions are asked about again and again, and to tell that bytes are the same costs next to nothing. */
const recent = new Map<string, string>();
const mostRecent = 64;

/**
 * FIPS 180-4, 6.2, in the standard's own names. A hook hashes before V8 has compiled anything for good, so that all calls
 * and fields a round can do without are left out; libraries, written for the time after that, take it three times as long.
 */
function digest(bytes: Uint8Array): string {
  const message = padded(bytes);
  let hash = firstHash;
  for (let at = 0; at < message.length; at += blockBytes) hash = withBlock(hash, message, at);
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

type Words = readonly [number, number, number, number, number, number, number, number];

const blockBytes = 64;

/** The content, the bit that ends it, and its length in bits at the end of the last block. */
function padded(bytes: Uint8Array): Buffer {
  const message = Buffer.alloc(Math.ceil((bytes.length + 9) / blockBytes) * blockBytes);
  message.set(bytes);
  message[bytes.length] = 0x80;
  // The length has eight bytes; what is hashed here fills no more than the last four.
  message.writeUInt32BE(bytes.length * 8, message.length - 4);
  return message;
}

function withBlock(hash: Words, message: Buffer, at: number): Words {
  fillSchedule(message, at);
  let [a, b, c, d, e, f, g, h] = hash;
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t1 = h + s1 + ((e & f) ^ (~e & g)) + (constants[t] as number) + (schedule[t] as number);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return [
    (hash[0] + a) | 0,
    (hash[1] + b) | 0,
    (hash[2] + c) | 0,
    (hash[3] + d) | 0,
    (hash[4] + e) | 0,
    (hash[5] + f) | 0,
    (hash[6] + g) | 0,
    (hash[7] + h) | 0,
  ];
}

const schedule = new Int32Array(64);

function fillSchedule(message: Buffer, at: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = message.readInt32BE(at + t * 4);
  for (let t = 16; t < 64; t++) {
    const x = schedule[t - 15] as number;
    const y = schedule[t - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[t] = s0 + s1 + (schedule[t - 7] as number) + (schedule[t - 16] as number);
  }
}

/** As numbers with a sign, which V8 keeps without a place of their own. */
const firstHash: Words = [
  0x6a09e667 | 0,
  0xbb67ae85 | 0,
  0x3c6ef372 | 0,
  0xa54ff53a | 0,
  0x510e527f | 0,
  0x9b05688c | 0,
  0x1f83d9ab | 0,
  0x5be0cd19 | 0,
];

// biome-ignore format: as the standard has them, eight in a line
const constants = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);
