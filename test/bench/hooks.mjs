import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node } from '../setup/node.mjs';

/**
 * What a hook costs, as a multiple of `node -e 0`: new processes that take turns, the median of the ratios of pairs, by
 * the clock and by the processor. The clock is what is promised; the processor's time tells on a busy machine. The
 * protected file is the incident's; one edit changes a comment and passes, the other is refused, kept and recorded. Beside
 * it stands what a program takes that keeps and records the same and judges nothing: no hook can be faster than that.
 */
export async function hookStarts(root) {
  const rows = [];
  for (const major of [20, 24]) {
    const own = Number(process.versions.node.split('.')[0]) === major;
    const program = own ? process.execPath : await node(major).catch(() => undefined);
    if (program === undefined) rows.push({ name: `hook on Node ${major}`, value: 'that Node is not here' });
    else rows.push(...timeHooks(root, program, major));
  }
  return rows;
}

const pairs = 30;
const warmUp = 3;

function timeHooks(root, program, major) {
  const base = mkdtempSync(join(tmpdir(), 'infrahold-bench-'));
  const folder = join(base, 'work');
  for (const name of ['work', 'state', 'least']) mkdirSync(join(base, name));
  const incident = (name) => readFileSync(join(root, 'test', 'cases', 'incident', name), 'utf8');
  const before = incident('docker-compose.yml');
  writeFileSync(join(folder, 'docker-compose.yml'), before);
  // A file that was written just now is looked at twice, as somebody could be writing it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
  const hook = [join(root, 'dist', 'cli.js'), 'hook', 'claude-code'];
  const least = [join(root, 'test', 'bench', 'leastHook.cjs'), join(base, 'least')];
  // What these make Node do at its start would be a part of both, and make the hook look better than it is.
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...own } = process.env;
  const env = { ...own, INFRAHOLD_STATE_HOME: join(base, 'state') };
  const run = (args, input) => timed(program, args, { input, cwd: folder, env, encoding: 'utf8' });
  const hooks = [
    { name: 'another file', most: 1.1, args: hook, file: 'src/app.ts', content: 'export {};\n' },
    {
      name: 'a protected file, passes',
      most: 1.3,
      args: hook,
      file: 'docker-compose.yml',
      content: before.replace('# Memory', '# The memory'),
    },
    {
      name: 'a protected file, refused',
      most: 1.3,
      args: hook,
      file: 'docker-compose.yml',
      content: incident('ai-edit.yml'),
    },
    {
      name: 'the least that a refusal takes',
      args: least,
      file: 'docker-compose.yml',
      content: incident('ai-edit.yml'),
    },
  ];
  const runs = hooks.map(() => []);
  for (let pair = 0; pair < pairs + warmUp; pair++) {
    hooks.forEach(({ args, file, content }, index) => {
      const bare = run(['-e', '0'], '');
      const time = run(args, payload(folder, file, content, `${major}-${pair}-${index}`));
      if (pair >= warmUp) runs[index].push({ bare, time });
    });
  }
  rmSync(base, { recursive: true, force: true });
  return hooks.flatMap(({ name, most }, index) =>
    ['clock', 'processor'].flatMap((by) => {
      const measured = runs[index].filter(({ bare, time }) => bare[by] > 0 && time[by] > 0);
      if (measured.length === 0) return [];
      const ratio = median(measured.map(({ bare, time }) => time[by] / bare[by]));
      const time = median(measured.map((one) => one.time[by]));
      return {
        name: `hook on Node ${major}, ${name}, by the ${by}`,
        value: `${time.toFixed(0)} ms = ${ratio.toFixed(2)} × node -e 0`,
        ...(most !== undefined && { budget: `≤ ${most.toFixed(2)} ×` }),
        ...(most !== undefined && by === 'clock' && { ok: ratio <= most }),
      };
    }),
  );
}

/** Node does not tell what its children took of the processor; bash does, and without it there is the clock alone. */
function timed(program, args, options) {
  const since = performance.now();
  const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" >/dev/null';
  const { error, stderr } = spawnSync('bash', ['-c', script, 'bash', program, ...args], options);
  if (error === undefined) {
    const [real, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
    return { clock: real * 1_000, processor: (user + system) * 1_000 };
  }
  spawnSync(program, args, options);
  return { clock: performance.now() - since, processor: 0 };
}

/** Each call has a number of its own, or the second would get the answer of the first. */
function payload(cwd, file, content, call) {
  return JSON.stringify({
    session_id: 'bench',
    hook_event_name: 'PreToolUse',
    cwd,
    tool_use_id: call,
    tool_name: 'Write',
    tool_input: { file_path: join(cwd, file), content },
  });
}

function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
