import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Launch } from '../agents/install/launch.ts';
import { writeWhole } from '../store/wholeFile.ts';
import { startAsHost } from './probe.ts';
import { programOn } from './programs.ts';

/**
 * How hosts start the program that an extension carries. Its folder changes with each update, so the entries name a
 * small script in the state directory, which stays where it is and is renewed at the next start. What it starts is the
 * Node of the PATH, or the editor itself as a Node, where it is no older than 20.
 */
export async function extensionLaunch(
  stateRoot: string,
  cli: string,
  env: NodeJS.ProcessEnv,
): Promise<Launch> {
  const windows = process.platform === 'win32';
  const node = await usableNode(env);
  if (node !== undefined) {
    const script = join(stateRoot, 'bin', 'cli.js');
    await keep(script, scriptFor(cli), 0o600);
    return { program: node, args: [script], windows };
  }
  const name = join(stateRoot, 'bin', windows ? 'infrahold.cmd' : 'infrahold');
  const text = windows ? batchFor(process.execPath, cli) : shellFor(process.execPath, cli);
  await keep(name, text, 0o700);
  return { program: name, args: [], windows };
}

/** Renews the script that hook entries name, where there is one: this program may just have been updated. */
export async function renewLauncher(stateRoot: string, cli: string): Promise<void> {
  const texts = { 'cli.js': scriptFor(cli), infrahold: shellFor(process.execPath, cli) };
  for (const [name, text] of Object.entries(texts)) {
    const file = join(stateRoot, 'bin', name);
    const old = await readFile(file, 'utf8').catch(() => undefined);
    if (old !== undefined && old !== text) await keep(file, text, name === 'cli.js' ? 0o600 : 0o700);
  }
}

async function keep(file: string, text: string, mode: number): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) await writeWhole(file, text);
  await chmod(file, mode);
}

/** 2 is what hosts take for a no: with the program gone, nothing may slip through. */
function scriptFor(cli: string): string {
  return `// Written by the Infrahold extension, which renews it when it is updated.
try {
  require(${JSON.stringify(cli)});
} catch (error) {
  console.error('infrahold: the extension is not where it was; open the editor once to mend this. ' + error.message);
  process.exitCode = 2;
}
`;
}

function shellFor(editor: string, cli: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return `#!/bin/sh
# Written by the Infrahold extension, which renews it when it is updated.
editor=${quoted(editor)}
program=${quoted(cli)}
if [ -x "$editor" ] && [ -f "$program" ]; then
  ELECTRON_RUN_AS_NODE=1 exec "$editor" "$program" "$@"
fi
echo "infrahold: the extension is not where it was; open the editor once to mend this." >&2
exit 2
`;
}

function batchFor(editor: string, cli: string): string {
  return `@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\nif not exist "${cli}" exit /b 2\r\n"${editor}" "${cli}" %*\r\n`;
}

async function usableNode(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const onPath = programOn(env.PATH, 'node');
  if (onPath !== undefined) {
    const asked = { command: [onPath, '--version'] as const, cwd: '/', env, input: '', timeout: 5_000 };
    const { stdout } = await startAsHost(asked);
    if (Number(/^v(\d+)/.exec(stdout)?.[1]) >= 20) return onPath;
  }
  return process.versions.electron === undefined ? process.execPath : undefined;
}
