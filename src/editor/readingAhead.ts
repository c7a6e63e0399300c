import type { Disposable } from 'vscode';

/**
 * Reads what a person has opened before they save it, one after the other and when nothing else is going on: the first
 * judgement on a large file takes longer than a save should have to wait.
 */
export class ReadingAhead implements Disposable {
  private readonly read: (path: string) => Promise<void>;
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private hasRead = false;

  constructor(read: (path: string) => Promise<void>) {
    this.read = read;
  }

  /** A short file is only worth it as the first of all, with which the judge itself is loaded. */
  add(path: string, length: number): void {
    if (this.hasRead && length < worthIt) return;
    this.hasRead = true;
    this.waiting.add(path);
    this.timer ??= setTimeout(() => void this.next(), pause);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  private async next(): Promise<void> {
    const [path] = this.waiting;
    this.timer = undefined;
    if (path === undefined) return;
    this.waiting.delete(path);
    // Whoever judges an edit of it is told what is wrong.
    await this.read(path).catch(() => undefined);
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => void this.next(), pause);
  }
}

/** In characters. */
const worthIt = 8_000;
const pause = 150;
