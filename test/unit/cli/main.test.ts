import { after, test } from 'node:test';
import { run } from '../../../src/cli/main.ts';
import type { Sink } from '../../../src/cli/world.ts';
import { assertOutcome } from '../../process/outcome.ts';
import { filled, openPlace } from '../../process/place.ts';
import { rows } from '../../process/rows.ts';

const place = openPlace();
after(() => place.close());

for (const row of rows) {
  test(`in process: ${row.name}`, { skip: row.skip === true }, async () => {
    const filledRow = filled(place.folder, row);
    const stdout = collector();
    const stderr = collector();
    const exit = await run({
      argv: filledRow.args,
      stdin: sourceOf(filledRow.stdin ?? ''),
      stdout: stdout.sink,
      stderr: stderr.sink,
      cwd: place.folder,
      env: place.env,
      version: () => '0.0.0',
      untilStopped: async () => undefined,
    });
    assertOutcome({ exit, stdout: stdout.text(), stderr: stderr.text() }, filledRow);
  });
}

function collector(): { readonly sink: Sink; text(): string } {
  const chunks: Uint8Array[] = [];
  return {
    sink: {
      write: (chunk, done) => {
        chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
        done();
      },
    },
    text: () => Buffer.concat(chunks).toString(),
  };
}

async function* sourceOf(content: string | Uint8Array): AsyncGenerator<string | Uint8Array> {
  yield content;
}
