import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standardInput } from './standardInput.ts';
import { standardOutput } from './standardOutput.ts';
import type { World } from './world.ts';

/** The world as this process has it. Streams are opened where they are used: a hook that lets pass writes nothing. */
export function thisProcess(did: (what: string) => void): World {
  return {
    argv: process.argv.slice(2),
    stdin: standardInput(() => process.stdin),
    get stdout() {
      return isHook() ? standardOutput(1, () => process.stdout) : process.stdout;
    },
    get stderr() {
      return isHook() ? standardOutput(2, () => process.stderr) : process.stderr;
    },
    did,
    cwd: process.cwd(),
    env: process.env,
    // The manifest is packed beside the folder that this program is built into, and this is a file of a folder in that.
    version: () => JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version,
    untilStopped: () =>
      new Promise((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      }),
  };
}

/** A hook is started for every edit of an agent, and has no time to lose. */
export function isHook(): boolean {
  return process.argv[2] === 'hook';
}
