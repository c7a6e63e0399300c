import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder of its own for one test, removed when the test ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-test-')));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export function write(root: string, path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/**
 * Another process that runs `code`, with `fs`, `file` and `pause(ms)` at hand. Resolves once it calls `begun()`;
 * `ended` when it has exited, with the milliseconds by which a busy machine made the longest of its pauses longer.
 */
export async function otherProcess(
  t: TestContext,
  file: string,
  code: string,
): Promise<{ readonly ended: Promise<number> }> {
  const script = `const fs = require('node:fs'); const file = process.argv[1];
    const begun = () => process.send('begun'); let late = 0;
    const pause = async (ms) => {
      const started = performance.now();
      await new Promise((done) => setTimeout(done, ms));
      late = Math.max(late, performance.now() - started - ms);
    };
    (async () => { ${code}; process.send(late, () => process.disconnect()); })();`;
  const child = spawn(process.execPath, ['-e', script, file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let late = 0;
  child.on('message', (said) => {
    if (typeof said === 'number') late = said;
  });
  const ended = endsWith(t, child).then(() => late);
  await Promise.race([once(child, 'message'), ended]);
  return { ended };
}

/** Runs a built test file as a program of its own. */
export function program(t: TestContext, file: string, args: readonly string[]): Promise<void> {
  return endsWith(t, fork(file, [...args], { execArgv: [] }));
}

export async function until(what: string, isSo: () => boolean, most = 5_000): Promise<number> {
  const started = performance.now();
  while (!isSo()) {
    if (performance.now() - started > most) throw new Error(`waited ${most} ms in vain until ${what}`);
    await new Promise((done) => setImmediate(done));
  }
  return performance.now() - started;
}

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function text(content: Uint8Array | undefined): string | undefined {
  return content === undefined ? undefined : new TextDecoder().decode(content);
}

export function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

export const isRoot = process.getuid?.() === 0;
export const exists = existsSync;

async function endsWith(t: TestContext, child: ChildProcess): Promise<void> {
  t.after(() => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the other process ended with ${code}`);
}
