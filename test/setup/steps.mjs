import { spawn } from 'node:child_process';

/** Runs named steps one after the other, says how long each took, and stops at the first that fails. */
export async function runSteps(steps) {
  const started = performance.now();
  for (const [name, step] of steps) {
    const before = performance.now();
    try {
      const note = await step();
      console.log(`✓ ${name} ${seconds(before)}${note ? ` (${note})` : ''}`);
    } catch (error) {
      console.log(`✗ ${name} ${seconds(before)}: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  }
  console.log(`All steps took ${seconds(started)}.`);
  return true;
}

/** Runs a program to its end with its output shown; rejects when it fails. */
export function runProgram(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}`));
    });
  });
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
