import { createHash } from 'node:crypto';
import { sha256 as hashOfBytes } from '@noble/hashes/sha2.js';

/**
 * The SHA-256 of a content, in hex. Node's own is loaded only for what is large: loading it costs a hook more than
 * everything that it hashes for a usual file.
 */
export function sha256(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (bytes.length > mostBytes) return createHash('sha256').update(bytes).digest('hex');
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const known = recent.get(key) ?? Buffer.from(hashOfBytes(bytes)).toString('hex');
  if (recent.size === mostRecent) recent.clear();
  recent.set(key, known);
  return known;
}

const mostBytes = 32_768;

/** The same paths and versions are asked about again and again, and to tell that bytes are the same costs next to nothing. */
const recent = new Map<string, string>();
const mostRecent = 64;
