import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { after, test } from 'node:test';
import { assertOutcome } from './outcome.ts';
import { filled, openPlace } from './place.ts';
import { rows } from './rows.ts';

const place = openPlace();
after(() => place.close());
const cli = resolve('dist', 'cli.js');

for (const row of rows) {
  test(`as a process: ${row.name}`, { skip: row.skip === true }, () => {
    const { args, stdin = '', ...rest } = filled(place.folder, row);
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: place.folder,
      env: place.env,
      input: stdin,
    });
    assertOutcome(
      { exit: status, stdout: stdout.toString(), stderr: stderr.toString() },
      { args, stdin, ...rest },
    );
  });
}
