import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Of each kind, so that the slowest hundredth is more than one. */
const saves = 200;
/** VS Code gives all listeners of all extensions 1,500 ms together, and drops one that is late too often. */
const most = 200;

/** Times the save listener of the extension as it was packed last, in a real VS Code, on the largest real file. */
export function timeSaves(root) {
  const args = [join(root, 'test', 'vscode', 'run.mjs'), '--suite', 'listener'];
  const env = { ...process.env, INFRAHOLD_TEST_SAVES: String(saves) };
  const text = spawnSync(process.execPath, args, { cwd: root, env }).stdout.toString();
  const found = [
    ...text.matchAll(/save listener, (\S+ KB): (\w+) (\d+ times, p50 \S+ ms, p99 (\S+) ms, max \S+ ms)/g),
  ];
  if (found.length === 0) {
    const reason = /skipped: (.*)/.exec(text)?.[1] ?? text.trim().split('\n').at(-1);
    return [{ name: 'save listener', value: 'not measured', budget: reason }];
  }
  const first = /save listener, (\S+ KB): first (\S+) ms/.exec(text);
  const cold = first && {
    name: `save listener, ${first[1]}, the first save in a new window`,
    value: `${first[2]} ms`,
    budget: `≤ ${most} ms`,
    ok: Number(first[2]) <= most,
  };
  const rows = found.map(([, size, kind, figures, p99]) => ({
    name: `save listener, ${size}, ${kind}`,
    value: figures,
    budget: `p99 ≤ ${most} ms`,
    ok: Number(p99) <= most,
  }));
  return cold === null ? rows : [cold, ...rows];
}
