import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const many = 5_000;
const few = 10;
const idle = 10_000;

/**
 * `infrahold watch` over thousands of protected files: how long until a write is put back, what each file takes of
 * memory, and what the processor does while nothing happens. What a process takes by itself is told by one over few.
 */
export async function scale(root) {
  const small = await measured(root, few);
  const large = await measured(root, many);
  const perFile = (kind) => (large[kind] - small[kind]) / (many - few) / 1024;
  const second = (name, ms, budget) => ({
    name: `${many} protected files: ${name}`,
    value: `${(ms / 1000).toFixed(2)} s`,
    ...(budget !== undefined && { budget: `≤ ${budget} s`, ok: ms <= budget * 1000 }),
  });
  const kilobytes = (name, value) => ({
    name: `${many} protected files: ${name} for each`,
    value: `${value.toFixed(1)} KB`,
    budget: '≤ 5 KB',
    ok: value <= 5,
  });
  const busy = (large.busy / idle) * 100;
  return [
    second('from the first start ever to the first write put back', large.first),
    second('from a later start to the first write put back', large.later, 1),
    kilobytes('heap', perFile('heap')),
    kilobytes('resident memory', perFile('resident')),
    {
      name: `${many} protected files: the processor over ${idle / 1000} s in which nothing happens`,
      value: `${busy.toFixed(1)} % (${few} files ${((small.busy / idle) * 100).toFixed(1)} %)`,
      budget: '≤ 2 %',
      ok: busy <= 2,
    },
  ];
}

async function measured(root, count) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-scale-')));
  try {
    const file = (index) => join(base, 'work', `group-${index % 50}`, `stack-${index}`, 'compose.yml');
    for (let index = 0; index < count; index++) {
      mkdirSync(join(file(index), '..'), { recursive: true });
      writeFileSync(file(index), textOf(index));
    }
    mkdirSync(join(base, 'state'));
    const first = await watched(root, base, file(3));
    await first.end();
    const later = await watched(root, base, file(7));
    // What the start has left behind is taken away while nothing happens.
    await pause(3_000);
    const before = await later.usage();
    await pause(idle);
    const after = await later.usage();
    await later.end();
    return {
      first: first.took,
      later: later.took,
      heap: after.heapUsed,
      resident: after.rss,
      busy: (after.processor - before.processor) / 1000,
    };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** As large as a small stack; each is another. */
function textOf(index) {
  return `services:\n  app:\n    image: registry.example/app:1.${index}\n    ports:\n      - "${10_000 + index}:8080"\n    environment:\n      LOG_LEVEL: info\n    volumes:\n      - data:/var/lib/app\nvolumes:\n  data:\n`;
}

/** Tells on a signal what the process takes, after all that is garbage is gone. */
const telling = `process.on('SIGUSR2', () => {
  const { user, system } = process.cpuUsage();
  gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.stderr.write('usage ' + JSON.stringify({ heapUsed, rss, processor: user + system }) + '\\n');
})`;

/** Starts the guard, and makes the write that it has to put back as soon as it says that it is at work. */
async function watched(root, base, file) {
  const started = performance.now();
  const options = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(telling)}`];
  const child = spawn(process.execPath, [...options, join(root, 'dist', 'cli.js'), 'watch'], {
    cwd: join(base, 'work'),
    env: { ...process.env, INFRAHOLD_STATE_HOME: join(base, 'state'), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, told] = ['', ''];
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  while (!said.includes('Guarding ')) await pause(5);
  const accepted = readFileSync(file, 'utf8');
  writeFileSync(file, accepted.replace('app:1', 'evil:1'));
  while (readFileSync(file, 'utf8') !== accepted) await pause(1);
  return {
    took: performance.now() - started,
    usage: async () => {
      told = '';
      child.kill('SIGUSR2');
      while (!told.endsWith('}\n')) await pause(5);
      return JSON.parse(told.slice(told.lastIndexOf('usage ') + 6));
    },
    end: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
