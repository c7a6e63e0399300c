import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

export interface CrashPoints {
  /** The names of the calls since. */
  passed(): readonly string[];
}

/**
 * From now on this process ends by SIGKILL right after its `last`-th call that changes something on disk. With `tears`
 * that call, if it writes, is cut off in the middle of what it writes. The calls of Node itself are replaced, so that
 * the code under test has no place where somebody could make it stop.
 */
export async function crashAfter(last: number, tears: boolean): Promise<CrashPoints> {
  const points = { calls: [], last, tears };
  const handle = await fs.promises.open(process.execPath, 'r');
  const handles: unknown = Object.getPrototypeOf(handle);
  await handle.close();
  for (const name of ['write', 'writeFile', 'sync', 'truncate', 'chmod']) replace(handles, name, points);
  const common = ['open', 'rename', 'unlink', 'rm', 'mkdir', 'rmdir', 'utimes'];
  for (const name of common) replace(fs.promises, name, points);
  for (const name of ['mkdir', 'rmdir', 'utimes']) replace(fs, name, points);
  const inTurn = [...common, 'write', 'writeFile', 'fsync', 'ftruncate', 'fchmod', 'link'];
  for (const name of inTurn) replace(fs, `${name}Sync`, points);
  syncBuiltinESMExports();
  return { passed: () => points.calls };
}

interface Points {
  readonly calls: string[];
  readonly last: number;
  readonly tears: boolean;
}

type Call = (this: unknown, ...args: unknown[]) => unknown;

function replace(owner: unknown, name: string, points: Points): void {
  if (typeof owner !== 'object' || owner === null) throw new Error(`nothing to replace ${name} in`);
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`there is no ${name} to replace`);
  const call: Call = (...args) => Reflect.apply(original, owner, args);
  const replaced: Call = function (...args) {
    const own: Call =
      owner === fs || owner === fs.promises ? call : (...all) => Reflect.apply(original, this, all);
    if (name.startsWith('open') && readsOnly(args[1])) return own(...args);
    const isCut = points.tears && points.calls.length + 1 === points.last && isWrite(name);
    const result = own(...(isCut ? halved(name, args) : args));
    if (!(result instanceof Promise)) {
      pass(points, name);
      return result;
    }
    return result.then((value: unknown) => {
      pass(points, name);
      return value;
    });
  };
  Reflect.set(owner, name, replaced);
}

export function isWrite(name: string): boolean {
  return name.startsWith('write');
}

function pass(points: Points, name: string): void {
  points.calls.push(name);
  if (points.calls.length === points.last) process.kill(process.pid, 'SIGKILL');
}

function readsOnly(flags: unknown): boolean {
  const { O_WRONLY, O_RDWR, O_CREAT } = fs.constants;
  if (typeof flags === 'number') return (flags & (O_WRONLY | O_RDWR | O_CREAT)) === 0;
  return flags === undefined || flags === 'r';
}

/** A file's own methods take the content first, the others after the file's name or number. */
function halved(name: string, args: readonly unknown[]): unknown[] {
  const at = name.endsWith('Sync') ? 1 : 0;
  const content = args[at];
  const isContent = typeof content === 'string' || content instanceof Uint8Array;
  return isContent ? args.with(at, content.slice(0, Math.floor(content.length / 2))) : [...args];
}
