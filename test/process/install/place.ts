import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';

export interface Place {
  readonly root: string;
  readonly home: string;
  readonly state: string;
  readonly env: NodeJS.ProcessEnv;
  write(path: string, text: string): void;
  read(path: string): string;
  /** Runs the built command line here. */
  run(...args: string[]): Run;
  runWith(cli: string, ...args: string[]): Run;
  /** Every file, folder and link of the project and the home, with what is in it. */
  everything(): Readonly<Record<string, string>>;
}

export interface Run {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** A project, a home and a state directory of their own, so that no real setting is ever touched. */
export function openPlace(t: TestContext, cli = resolve('dist', 'cli.js')): Place {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-install-')));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  const [root, home, state] = ['work', 'home', 'state'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [root, home, state]) mkdirSync(folder);
  const env = { PATH: '/usr/bin:/bin', HOME: home, INFRAHOLD_STATE_HOME: state };
  const run = (program: string, args: readonly string[]): Run => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    return { exit: status, out: stdout, err: stderr };
  };
  return {
    root,
    home,
    state,
    env,
    write: (path, text) => {
      const file = resolve(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    read: (path) => readFileSync(resolve(root, path), 'utf8'),
    run: (...args) => run(cli, args),
    runWith: (program, ...args) => run(program, args),
    everything: () => ({ ...contentsBelow(root, 'work'), ...contentsBelow(home, 'home') }),
  };
}

function contentsBelow(folder: string, name: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder).sort()) {
    const [file, label] = [join(folder, entry), `${name}/${entry}`];
    const stats = lstatSync(file);
    const mode = (stats.mode & 0o777).toString(8);
    if (stats.isDirectory()) Object.assign(found, { [`${label}/`]: mode }, contentsBelow(file, label));
    else if (stats.isSymbolicLink()) found[label] = `→ ${readlinkSync(file)}`;
    else found[label] = `${mode}\n${readFileSync(file, 'latin1')}`;
  }
  return found;
}
