import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Reads off what VS Code measures when the packed extension starts, with a protected file and without. */
export function timeActivation(root) {
  const pack = spawnSync(process.execPath, [join(root, 'test', 'setup', 'pack.mjs')], { cwd: root });
  if (pack.status !== 0) throw new Error(`the extension could not be packed: ${pack.stderr}`);
  const args = ['run.mjs', '--suite', 'guarded', '--suite', 'idle'];
  const [script, ...rest] = args;
  const run = spawnSync(process.execPath, [join(root, 'test', 'vscode', script), ...rest], { cwd: root });
  const text = run.stdout.toString();
  const guarded = /activation (\d+) ms, second phase (\d+) ms, guarded after (\d+) ms/.exec(text);
  const idle = /activation (\d+) ms, first phase (\d+) ms/.exec(text);
  if (guarded === null || idle === null)
    return [{ name: 'activation', value: 'not measured', budget: text.trim().split('\n').at(-1) }];
  const [first, second, whole] = guarded.slice(1).map(Number);
  return [
    {
      name: 'activation without a protected file',
      value: `${idle[1]} ms`,
      budget: '≤ 5 ms',
      ok: Number(idle[1]) <= 5,
    },
    {
      name: 'activation with one, both phases',
      value: `${first} + ${second} ms`,
      budget: '≤ 30 ms',
      ok: first + second <= 30,
    },
    { name: 'until the folder is guarded, with what is read and kept', value: `${whole} ms` },
  ];
}
