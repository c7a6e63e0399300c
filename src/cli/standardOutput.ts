import { writeSync } from 'node:fs';
import type { Sink } from './world.ts';

/**
 * Standard output or the one for errors, written straight to its descriptor: opening it as a stream costs a hook as much
 * as judging. What the descriptor does not take at once goes to `stream`.
 */
export function standardOutput(descriptor: 1 | 2, stream: () => Sink): Sink {
  return {
    write: (chunk, done) => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(descriptor, bytes, written);
      } catch (error) {
        const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
        if (isFull) stream().write(bytes.subarray(written), done);
        else done(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      done();
    },
  };
}
