import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './rows.ts';

/** A temporary folder with the incident and every kind of text that cannot be judged. */
export function openPlace(): { readonly folder: string; readonly env: NodeJS.ProcessEnv; close(): void } {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-cli-')));
  const folder = join(base, 'work');
  cpSync(join('test', 'cases', 'incident'), folder, { recursive: true });
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  const before = readFileSync(join(folder, 'docker-compose.yml'), 'utf8');
  write(
    'reordered.yml',
    `# the same\n${before.replace('ports: ["6379:6379"]', "ports:\n      - '6379:6379'")}`,
  );
  write('refused.yml', before.replace('  l9-api:\n', '  l9-api:\n    imagee: a\n'));
  for (const [name, options] of Object.entries({ same: '[b]', twice: '[b, b]' }))
    write(`${name}.yml`, `services: {web: {image: a, security_opt: ${options}}}\n`);
  write('broken.yml', 'services:\n  web:\n    image: "nginx\n');
  write('empty.yml', '');
  write('binary.yml', new Uint8Array([0, 1, 2, 3]));
  write('latin1.yml', new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
  write('huge.yml', '#'.repeat(50 * 1024 * 1024));
  write('locked.yml', 'services: {}\n');
  chmodSync(join(folder, 'locked.yml'), 0);
  for (const [name, image] of Object.entries({ one: 'nginx:1', two: 'nginx:2' })) {
    mkdirSync(join(folder, name));
    write(join(name, 'compose.yml'), `services:\n  web:\n    image: ${image}\n`);
  }
  // Nothing of the user's own git or state may be seen, and no repository around the temporary folder.
  const env = {
    ...process.env,
    INFRAHOLD_STATE_HOME: join(base, 'state'),
    GIT_CEILING_DIRECTORIES: base,
    GIT_CONFIG_GLOBAL: join(base, 'gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    FORCE_COLOR: '',
    NO_COLOR: '',
  };
  mkdirSync(join(base, 'state'));
  return { folder, env, close: () => rmSync(base, { recursive: true, force: true }) };
}

/** `@name` stands for the content of a file of the place. */
export function filled(folder: string, row: Row): Row {
  const fill = (text: string) =>
    text.startsWith('@') ? readFileSync(join(folder, text.slice(1)), 'utf8') : text;
  return {
    ...row,
    args: row.args.map(fill),
    ...(typeof row.stdin === 'string' && { stdin: fill(row.stdin) }),
    ...(typeof row.stdout === 'string' && { stdout: fill(row.stdout) }),
  };
}
