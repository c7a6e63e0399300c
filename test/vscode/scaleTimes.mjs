import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const many = 5_000;
const few = 10;

/**
 * The extension as it was packed last, over thousands of protected files in a real VS Code. What an extension host takes
 * by itself is told by one over few files.
 */
export function timeScale(root) {
  const large = measured(root, many);
  const small = measured(root, few);
  if (large.resident === undefined || small.resident === undefined)
    return [{ name: `${many} protected files in VS Code`, value: 'not measured', budget: large.reason }];
  const row = (name, value, unit, most) => ({
    name: `${many} protected files in VS Code: ${name}`,
    value: `${value} ${unit}`,
    ...(most !== undefined && { budget: `≤ ${most} ${unit}`, ok: Number(value) <= most }),
  });
  const perFile = (kind) => ((large[kind] - small[kind]) / (many - few)).toFixed(1);
  return [
    row('from the first start ever until all are guarded', (large.first / 1000).toFixed(2), 's'),
    row('from a later start until all are guarded', (large.later / 1000).toFixed(2), 's', 1),
    row('heap of the extension host for each', perFile('heap'), 'KB', 5),
    row('resident memory of the extension host for each', perFile('resident'), 'KB', 5),
    row(
      'the processor while nothing happens, beyond that of few files',
      (large.busy - small.busy).toFixed(1),
      '%',
      2,
    ),
  ];
}

function measured(root, files) {
  const args = [join(root, 'test', 'vscode', 'run.mjs'), '--suite', 'scale'];
  const env = { ...process.env, INFRAHOLD_TEST_FILES: String(files), INFRAHOLD_TEST_IDLE: '10000' };
  const text = spawnSync(process.execPath, args, { cwd: root, env }).stdout.toString();
  const figure = (name) => {
    const found = new RegExp(`in an extension host: ${name} ([\\d.]+)`).exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  return {
    first: figure('first start'),
    later: figure('later start'),
    ...{ busy: figure('busy'), heap: figure('heap'), resident: figure('resident') },
    reason: /skipped: (.*)/.exec(text)?.[1] ?? text.trim().split('\n').at(-1),
  };
}
