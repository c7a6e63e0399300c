import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { sha256 } from '../../src/store/sha256.ts';

const cli = resolve('dist', 'cli.js');

export const accepted =
  'services:\n  api:\n    image: api:1\n  redis:\n    image: redis:7\nvolumes:\n  data:\n';
export const refused = accepted.replace('api:1', 'api:2');

/** A folder with the real `infrahold watch` at work in it, as a process of its own. */
export interface GuardedFolder {
  readonly root: string;
  told(): { readonly stdout: string; readonly stderr: string };
  /** The content of a file that is accepted now. */
  accepted(path: string): string | undefined;
  /** Every refused version, whole, newest first. */
  refusedVersions(): readonly string[];
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** A folder with these files, and one for the state beside it. Nothing of the user's git or state is seen. */
export function unguardedFolder(t: TestContext, files: Readonly<Record<string, string>>) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-guarded-')));
  const guards: ChildProcess[] = [];
  const mounts: string[] = [];
  t.after(async () => {
    // A guard goes on writing its record after the disk is right again.
    for (const guard of guards) await ended(guard, 'SIGKILL');
    for (const folder of mounts) execFileSync('umount', ['-l', folder]);
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  });
  const root = join(base, 'work');
  mkdirSync(join(base, 'state'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    INFRAHOLD_STATE_HOME: join(base, 'state'),
    GIT_CEILING_DIRECTORIES: base,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_EDITOR: 'true',
    NO_COLOR: '1',
  };
  return { root, env, guards, mounts };
}

interface Place {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ended before the folder goes. */
  readonly guards?: ChildProcess[];
  /** What stands before the command: another user, or options of Node. */
  readonly before?: readonly string[];
}

export async function startGuard(
  t: TestContext,
  { root, env, guards = [], before = [] }: Place,
): Promise<GuardedFolder> {
  const [program = '', ...args] = [...before, process.execPath, cli, 'watch'];
  const child = spawn(program, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  guards.push(child);
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    told.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    told.stderr += chunk;
  });
  await until('the guard is at work', () => told.stdout.includes('Guarding '), 20_000);
  const restore = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'restore', ...args], { cwd: root, env }).stdout.toString();
  return {
    root,
    told: () => ({ ...told }),
    accepted: (path) => acceptedVersion(env.INFRAHOLD_STATE_HOME ?? '', path),
    refusedVersions: () =>
      restore()
        .split('\n')
        .filter((line) => /^[0-9a-f]{20} /.test(line))
        .map((line) => restore(line.slice(0, 20))),
    kill: (signal) => ended(child, signal),
  };
}

export async function guardedFolder(
  t: TestContext,
  files: Readonly<Record<string, string>>,
): Promise<GuardedFolder> {
  return startGuard(t, unguardedFolder(t, files));
}

function acceptedVersion(stateHome: string, path: string): string | undefined {
  const states = join(stateHome, 'infrahold');
  for (const name of readdirSync(states)) {
    const baseline = onDisk(states, join(name, 'baselines', `${sha256(path)}.json`));
    const hash = baseline === undefined ? undefined : JSON.parse(baseline).content;
    if (typeof hash === 'string') return onDisk(states, join(name, 'objects', hash));
  }
  return undefined;
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  const [code] = await once(child, 'close');
  return code;
}

export async function until(what: string, isSo: () => boolean, most = 30_000): Promise<void> {
  const end = performance.now() + most;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`waited ${most} ms in vain until ${what}`);
    await pause(10);
  }
}

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export function onDisk(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
