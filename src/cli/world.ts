/** Everything outside the program that a command may touch, besides the files it is given. */
export interface World {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[];
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of this program. */
  version(): string;
  /** Told in a word what this run does, for what is kept of it. */
  did?(what: string): void;
  /** For a command that runs on: settles when a person or the system wants it to end. */
  untilStopped(): Promise<void>;
}

export type Source = AsyncIterable<Uint8Array | string>;

export interface Sink {
  write(chunk: string | Uint8Array, done: (error?: Error | null) => void): unknown;
  on?(event: 'error', listener: (error: Error) => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/**
 * Writes and waits until the other end has taken it, so that a long output is whole before the process ends.
 * A reader that has gone away (`infrahold log | head`) is no failure: the rest is dropped.
 */
export function write(sink: Sink, chunk: string | Uint8Array): Promise<void> {
  tolerateLostReader(sink);
  return new Promise((resolve, reject) => {
    sink.write(chunk, (error) => {
      if (error && !isReaderGone(error)) reject(error);
      else resolve();
    });
  });
}

const tolerated = new WeakSet<Sink>();

/** Without a listener the loss of the reader would end the process with a stack trace. */
function tolerateLostReader(sink: Sink): void {
  if (tolerated.has(sink)) return;
  tolerated.add(sink);
  sink.on?.('error', (error) => {
    if (!isReaderGone(error)) throw error;
  });
}

function isReaderGone(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}
