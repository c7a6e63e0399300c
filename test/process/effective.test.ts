import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';

interface Row {
  readonly name: string;
  /** Files by path; the two versions lie in `one/` and `two/`. */
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly code: number;
  readonly addresses?: readonly string[];
}

const web = 'services:\n  web:\n    image: nginx:$' + '{TAG:-1}\n';
const folders = ['one', 'two', '--as', 'compose.yml'];

const rows: readonly Row[] = [
  {
    name: 'a key that moved into the override file changes nothing',
    files: {
      'one/compose.yml': `${web}    restart: always\n`,
      'two/compose.yml': web,
      'two/compose.override.yml': 'services:\n  web:\n    restart: always\n',
    },
    args: folders,
    code: 0,
    addresses: [],
  },
  {
    name: 'a change in an included file shows on the service that it reaches',
    files: {
      'one/compose.yml': 'include: [base.yml]\n',
      'one/base.yml': web,
      'two/compose.yml': 'include: [base.yml]\n',
      'two/base.yml': web.replace('nginx', 'caddy'),
    },
    args: folders,
    code: 1,
    addresses: ['services.web.image'],
  },
  {
    name: 'a variable of .env that changes is one change',
    files: { 'one/compose.yml': web, 'one/.env': 'TAG=1\n', 'two/compose.yml': web, 'two/.env': 'TAG=2\n' },
    args: folders,
    code: 1,
    addresses: ['[.env].TAG'],
  },
  {
    name: 'a proposal in a folder of its own is not blamed for the .env that it has not',
    files: { 'one/compose.yml': web, 'one/.env': 'TAG=1\n', 'two/proposal.yml': `# new\n${web}` },
    args: ['one/compose.yml', 'two/proposal.yml'],
    code: 0,
    addresses: [],
  },
  {
    name: 'a variable given on the command line serves both sides',
    files: { 'one/compose.yml': web, 'two/compose.yml': web },
    args: [...folders, '--env', 'TAG=3'],
    code: 0,
    addresses: [],
  },
  {
    name: 'a variable without a value is a mistake',
    files: { 'one/compose.yml': web, 'two/compose.yml': web },
    args: [...folders, '--env', 'TAG'],
    code: 2,
  },
];

for (const { name, files, args, code, addresses } of rows) {
  test(name, (t) => {
    const base = mkdtempSync(join(tmpdir(), 'infrahold-effective-'));
    t.after(() => rmSync(base, { recursive: true, force: true }));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(base, path)), { recursive: true });
      writeFileSync(join(base, path), text);
    }
    // What the caller's own environment says must not matter.
    const env = { ...process.env, TAG: 'from-the-caller' };
    const cli = resolve('dist/cli.js');
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [cli, 'diff', ...args, '--format', 'json'],
      {
        cwd: base,
        env,
        encoding: 'utf8',
      },
    );
    assert.equal(status, code, stderr);
    if (addresses === undefined) return;
    const { changes } = JSON.parse(stdout) as { readonly changes: readonly { readonly address: string }[] };
    assert.deepEqual(
      changes.map(({ address }) => address),
      addresses,
    );
  });
}
