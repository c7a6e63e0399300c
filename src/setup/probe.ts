import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../agents/install/dialects.ts';
import { openStore } from '../store/open.ts';

/** A project to be edited by nobody, with a state of its own, so that no record ever tells of a probe. */
export interface ProbePlace {
  readonly folder: string;
  readonly file: string;
  readonly current: string;
  /** Leaves a service out, which the declared scope does not allow. */
  readonly forbidden: string;
  /** Changes a comment and nothing else. */
  readonly innocent: string;
  /** Points the hook to the state of this project. */
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/**
 * The scope in force there lets nothing change. With none declared the answer would be a question, which an editor that
 * runs might put to a person.
 */
export async function openProbePlace(): Promise<ProbePlace> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'infrahold-doctor-')));
  const [folder, stateHome] = [join(base, 'project'), join(base, 'state')];
  const file = join(folder, 'docker-compose.yml');
  await Promise.all([folder, stateHome].map((path) => mkdir(path)));
  await writeFile(file, compose);
  const { scopes } = await openStore(folder, { stateHome });
  const now = Date.now();
  await scopes.set({ grants: [], declaredAt: now, expiresAt: now + 3_600_000 });
  return {
    folder,
    file,
    current: compose,
    forbidden: compose.replace(database, ''),
    innocent: `# A comment.\n${compose}`,
    env: { INFRAHOLD_STATE_HOME: stateHome },
    dispose: () => rm(base, { recursive: true, force: true }),
  };
}

export interface Start {
  /** A line for the shell, or a program with its arguments. */
  readonly command: string | readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: string;
  /** In milliseconds, as long as the host waits. */
  readonly timeout: number;
}

export interface Ran extends Answer {
  readonly why?: string;
}

/** Runs a program as a host does, and ends it with all it has started when the time is up. */
export function startAsHost({ command, cwd, env, input, timeout }: Start): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...env }, detached: process.platform !== 'win32' };
    const isLine = typeof command === 'string';
    const [program, ...args] = isLine ? [command] : command;
    const child = spawn(program, args, { ...options, shell: isLine });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    let why: string | undefined;
    const stop = () => {
      why = `no answer within ${timeout} ms`;
      try {
        if (child.pid !== undefined)
          process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    const timer = setTimeout(stop, Math.min(timeout, longestWait));
    const end = (exit: number | undefined) => {
      clearTimeout(timer);
      resolve({
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
        exit: why === undefined ? exit : undefined,
        ...(why === undefined ? {} : { why }),
      });
    };
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => {
      why = error.message;
      end(undefined);
    });
    child.on('close', (code) => end(code ?? undefined));
    // A program that ends without reading is told by how it ended.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** A host may wait for ten minutes; whoever looks at a table does not. */
const longestWait = 15_000;

const database = `  database:
    image: postgres:17
    volumes: [data:/var/lib/postgresql/data]
`;

const compose = `services:
  web:
    image: nginx:1.29
${database}volumes:
  data: {}
`;
