import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** From when to when a guard was surely at work. */
export interface Life {
  readonly from: number;
  to: number;
}

export interface MortalGuard {
  readonly lives: readonly Life[];
  start(): Promise<void>;
  kill(): Promise<void>;
}

export function mortalGuard(cli: string, cwd: string, env: NodeJS.ProcessEnv): MortalGuard {
  const lives: Life[] = [];
  let child: ChildProcess | undefined;
  return {
    lives,
    start: async () => {
      const started = spawn(process.execPath, [cli, 'watch'], {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      let isAtWork = false;
      let said = '';
      started.stdout.on('data', (chunk) => {
        isAtWork ||= String(chunk).includes('Guarding ');
      });
      started.stderr.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-2_000);
      });
      const end = Date.now() + 60_000;
      while (!isAtWork) {
        if (Date.now() > end || started.exitCode !== null)
          throw new Error(`the guard did not start: ${said}`);
        await pause(5);
      }
      lives.push({ from: Date.now(), to: Number.POSITIVE_INFINITY });
    },
    kill: async () => {
      const life = lives.at(-1);
      if (life !== undefined) life.to = Date.now();
      if (child === undefined || child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
