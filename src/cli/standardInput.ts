import { readSync } from 'node:fs';
import type { Source } from './world.ts';

/**
 * Standard input, read straight from its descriptor: opening it as a stream costs a hook more than everything else it
 * does. Where the descriptor cannot be waited on, `stream` reads what is left.
 */
export async function* standardInput(stream: () => Source): AsyncGenerator<Uint8Array | string> {
  const buffer = Buffer.allocUnsafe(64 * 1024);
  for (;;) {
    const length = readSome(buffer);
    if (length === 0) return;
    if (length === undefined) return yield* stream();
    yield Buffer.from(buffer.subarray(0, length));
  }
}

/** The number of bytes read, 0 at the end, `undefined` when there is nothing yet. */
function readSome(buffer: Buffer): number | undefined {
  try {
    return readSync(0, buffer);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EAGAIN') return undefined;
    // Windows tells the end of a pipe so.
    if (code === 'EOF') return 0;
    throw error;
  }
}
