import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

/**
 * A case is a folder: `before.yml`, `after.yml`, the words of the task in `request.txt` or its grants in `grants.txt`
 * (both may be absent), and in `expected.txt` what a person reads when the edit is checked, with the exit code. A
 * missing `expected.txt` is written; `GOLDEN=1` writes them all anew.
 */
const cases = join('test', 'cases');

for (const name of readdirSync(cases).sort()) {
  test(`the case ${name} reads as expected`, () => {
    const folder = join(cases, name);
    const expected = join(folder, 'expected.txt');
    const found = outcomeOf(folder);
    if (process.env.GOLDEN === '1' || !existsSync(expected)) writeFileSync(expected, found);
    assert.equal(found, readFileSync(expected, 'utf8'));
  });
}

function outcomeOf(folder: string): string {
  const [before, after] = existsSync(join(folder, 'before.yml'))
    ? ['before.yml', 'after.yml']
    : ['docker-compose.yml', 'ai-edit.yml'];
  const cli = resolve('dist', 'cli.js');
  const args = [cli, 'check', before, after, '--as', 'docker-compose.yml', ...scopeOf(folder)];
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '120' };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return `${stdout}${stderr}exit ${status}\n`;
}

function scopeOf(folder: string): string[] {
  const read = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  };
  const request = read('request.txt');
  const grants = read('grants.txt')?.split('\n') ?? [];
  return [
    ...(request === undefined ? [] : ['--request', request]),
    ...grants.flatMap((grant) => ['--scope', grant]),
  ];
}
