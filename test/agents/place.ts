import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const compose = 'docker-compose.yml';

export const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');

/** A folder for one run, with the incident's stack committed in it, and a home in which nothing has ever been. */
export interface Place {
  readonly folder: string;
  readonly home: string;
  readonly cli: string;
  put(path: string, text: string): void;
  putInHome(path: string, text: string): void;
  onDisk(path: string): string | undefined;
  /** What a process that an agent starts knows of its surroundings, and nothing of the person who runs the tests. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

export function openPlace(cli: string): Place {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-agent-')));
  const [folder, home] = [join(base, 'l9'), join(base, 'home')];
  for (const path of [folder, home, join(base, 'tmp')]) mkdirSync(path);
  writeFileSync(join(folder, compose), incident(compose));
  writeFileSync(join(folder, 'notes.md'), '# Notes\n');
  const env = {
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: home,
    TMPDIR: join(base, 'tmp'),
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    CI: '',
  };
  commit(folder, env);
  return {
    folder,
    home,
    cli,
    env,
    put: (path, text) => putAt(join(folder, path), text),
    putInHome: (path, text) => putAt(join(home, path), text),
    onDisk: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined),
    close: () => rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

function putAt(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function commit(folder: string, env: Readonly<Record<string, string>>): void {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid'];
  for (const args of [
    ['init', '--quiet', '.'],
    ['add', '.'],
    [...who, 'commit', '--quiet', '-m', 'The stack'],
  ]) {
    execFileSync('git', args, { cwd: folder, env, stdio: 'ignore' });
  }
}
