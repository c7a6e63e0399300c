import { createHash } from 'node:crypto';
import { sha256 as hashOfBytes } from '@noble/hashes/sha2.js';

/**
 * The SHA-256 of a content, in hex. Node's own is loaded only for what is large: loading it costs a hook more than
 * everything that it hashes for a usual file.
 */
export function sha256(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (bytes.length > mostBytes) return createHash('sha256').update(bytes).digest('hex');
  return Buffer.from(hashOfBytes(bytes)).toString('hex');
}

const mostBytes = 32_768;
