import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from './errors.ts';
import { isAlive } from './processes.ts';
import { fieldsOf } from './wholeFile.ts';

/** A process that watches the workspace. Where it can ask a person, it says where it listens, and the secret to say. */
export interface GuardProcess {
  readonly pid: number;
  readonly door?: Door;
}

export interface Door {
  /** A socket's path, or a pipe's name. */
  readonly address: string;
  readonly token: string;
}

/** Tells other processes of the same user that this one watches. Gives what takes it back. */
export function announceGuard(directory: string, door?: Door): { dispose(): void } {
  for (const { file, guard } of filesIn(directory))
    if (guard === undefined) rmSync(file, { recursive: true, force: true });
  const file = join(directory, `${process.pid}-${randomBytes(4).toString('hex')}.json`);
  const guard: GuardProcess = { pid: process.pid, ...(door !== undefined && { door }) };
  writeFileSync(file, JSON.stringify(guard), { mode: 0o600, flag: 'wx' });
  return { dispose: () => rmSync(file, { force: true }) };
}

/** Who watches now, the newest first. */
export function guardsIn(directory: string): readonly GuardProcess[] {
  const known = filesIn(directory).flatMap(({ file, guard }) => {
    const since = guard === undefined ? undefined : statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    return guard === undefined || since === undefined ? [] : [{ guard, since }];
  });
  return known.sort((one, other) => other.since - one.since).map(({ guard }) => guard);
}

/** `guard` is `undefined` where the process is gone or the file says nothing. */
function filesIn(directory: string): { readonly file: string; readonly guard: GuardProcess | undefined }[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ file: join(directory, name), guard: guardOf(join(directory, name)) }));
}

function guardOf(file: string): GuardProcess | undefined {
  try {
    const { pid, door } = fieldsOf(JSON.parse(readFileSync(file, 'utf8'))) ?? {};
    if (typeof pid !== 'number' || !isAlive(pid)) return undefined;
    const { address, token } = fieldsOf(door) ?? {};
    const isDoor = typeof address === 'string' && typeof token === 'string';
    return { pid, ...(isDoor && { door: { address, token } }) };
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'EISDIR'].includes(errnoOf(error))) return undefined;
    throw error;
  }
}
