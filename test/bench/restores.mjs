import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * How long an out-of-scope write stands on disk before the accepted version is back, with the real `infrahold watch`.
 * Every write is another content, so that each is judged, kept and recorded as the first of its kind.
 */
export async function restoreTimes(root, writes = 1_000) {
  const rows = [];
  for (const { name, isGit, write, content, isLong } of kinds) {
    const place = guardedPlace(root, isGit);
    try {
      await place.started;
      const times = [];
      const count = isLong ? writes / 10 : writes;
      for (let index = 0; index < count; index++) times.push(await timeOne(place, write, content(index)));
      const [half, most] = [0.5, 0.99].map((share) => quantile(times, share));
      const value = `p50 ${half.toFixed(1)}, p99 ${most.toFixed(1)} ms`;
      const goal = { budget: 'p50 ≤ 10, p99 ≤ 50 ms', ok: half <= 10 && most <= 50 };
      rows.push({ name: `put back: ${name}`, value, ...(isLong ? {} : goal) });
    } finally {
      await place.end();
    }
  }
  return rows;
}

const accepted = readIncident();
const inPlace = (file, content) => writeFileSync(file, content);
const byRename = (file, content) => {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
};
const alike = (index) => accepted.replace('restart: unless-stopped', `restart: on-failure:${index}`);
const short = (index) => `services:\n  only:\n    image: only:${index}\n`;

/** What could be half a write is given time for the other half, so these take as long as that, and fewer tell as much. */
const kinds = [
  { name: 'written in place', write: inPlace, content: alike },
  { name: 'renamed over', write: byRename, content: alike },
  { name: 'written in place, in a git folder', isGit: true, write: inPlace, content: alike },
  { name: 'most of it gone, in place', write: inPlace, content: short, isLong: true },
  { name: 'most of it gone, renamed over', write: byRename, content: short, isLong: true },
];

function readIncident() {
  return readFileSync(new URL('../cases/incident/docker-compose.yml', import.meta.url), 'utf8');
}

function guardedPlace(root, isGit) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-bench-')));
  const folder = join(base, 'work');
  for (const name of ['work', 'state']) mkdirSync(join(base, name));
  const file = join(folder, 'docker-compose.yml');
  writeFileSync(file, accepted);
  const env = { ...process.env, INFRAHOLD_STATE_HOME: join(base, 'state'), GIT_CONFIG_GLOBAL: '/dev/null' };
  if (isGit) commitAll(folder, env);
  const guard = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'watch'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => guard.on('exit', done));
  const started = new Promise((done) => {
    guard.stdout.on('data', (chunk) => String(chunk).includes('Guarding ') && done());
  });
  const end = async () => {
    guard.kill('SIGKILL');
    await ended;
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  };
  return { file, started, end };
}

function commitAll(folder, env) {
  const git = (...args) => execFileSync('git', args, { cwd: folder, env, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '.');
  git(
    '-c',
    'user.name=A Person',
    '-c',
    'user.email=person@example.org',
    'commit',
    '--quiet',
    '--message=one',
  );
}

async function timeOne({ file }, write, content) {
  const started = performance.now();
  write(file, content);
  while (readOr(file) !== accepted) {
    if (performance.now() - started > 10_000) throw new Error('a write was not put back within ten seconds');
    await new Promise((done) => setTimeout(done, 0.2));
  }
  const took = performance.now() - started;
  // The guard also records; the next write must not wait in line behind that.
  await new Promise((done) => setTimeout(done, 40));
  return took;
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

export function quantile(numbers, share) {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
