import { join } from 'node:path';
import { type Compiled, compiledWith, folderOf, runIn } from './compiled.ts';
import { givenUp } from './hook.ts';
import { run } from './main.ts';
import { isHook, thisProcess } from './thisProcess.ts';

/** The files of this program beside the first, each loaded with what V8 has compiled of it in an earlier run. */
export interface ProgramFiles {
  /** What a file exports, by its path from the first. */
  load(path: string): unknown;
  /** Says in a word what this run does. What is compiled for one thing is of little use for another. */
  did(what: string): void;
  /** Keeps what was compiled, where this run has done something that is new to what was kept. */
  keep(): void;
}

export function programFiles(
  folder: string,
  first: Compiled,
  nodeRequire: (id: string) => unknown,
): ProgramFiles {
  const modules = new Map<string, { exports: unknown }>();
  const loaded = [first];
  let way = process.argv[2] ?? '';
  const loadFile = (file: string): unknown => {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const compiled = compiledWith(folder, file);
    loaded.push(compiled);
    const module = { exports: {} };
    modules.set(file, module);
    const ask = (id: string) => (id.startsWith('.') ? loadFile(join(folderOf(file), id)) : nodeRequire(id));
    try {
      runIn(module, compiled, ask);
    } catch (error) {
      modules.delete(file);
      throw error;
    }
    return module.exports;
  };
  const load = (path: string) => loadFile(join(folderOf(first.file), path));
  return {
    load,
    did: (what) => {
      way = what;
    },
    keep: () => {
      // Node with other settings would reject what this one keeps, and keep its own instead, in turns.
      if (process.execArgv.length > 0 || process.env.NODE_OPTIONS) return;
      // The second run finds the state that the first has made, and goes ways of its own.
      const ways = [way, `${way} again`];
      const next = ways.find((one) => loaded.some((file) => !hasGone(file, one)));
      if (next === undefined) return;
      const isNew = loaded.filter((file) => !hasGone(file, next));
      try {
        const { keepCompiled } = load('./keepCompiled.js') as typeof import('./keepCompiled.ts');
        keepCompiled(folder, isNew, next);
      } catch {
        // The next run compiles again.
      }
    },
  };
}

function hasGone({ ways }: Compiled, way: string): boolean {
  return ways?.includes(`\n${way}\n`) === true;
}

/** Runs the command line of this process, to its end. */
export async function runProgram(files: ProgramFiles): Promise<void> {
  let last = '';
  const did = (what: string) => {
    last = what;
    files.did(what);
  };
  process.exitCode = await run(thisProcess(did));
  files.keep();
  // Everything is written by now, and a host waits for the end.
  if (isHook() && last !== givenUp) process.exit();
  // Work that was given up as too late may end, but must not keep a host waiting.
  setTimeout(() => process.exit(), 200).unref();
}
