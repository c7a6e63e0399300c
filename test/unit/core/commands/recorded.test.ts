import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCommand } from '../../../../src/core/commands/readCommand.ts';
import { shared, sharedJson, skipped } from '../model/shared.ts';
import { contextIn } from './folder.ts';

const context = contextIn('/workspace');

test('each command that a real agent was recorded with is read for what it is', { skip: skipped }, (t) => {
  const names = readdirSync(join(shared ?? '', 'agents/recorded'), { recursive: true, encoding: 'utf8' });
  const commands = names
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => commandsIn(sharedJson(join('agents/recorded', name))));
  const counts = { edits: 0, patches: 0, interactive: 0 };
  for (const command of commands) {
    const { writes, patches, unknown } = readCommand(command, context);
    if (command.startsWith('apply_patch')) {
      assert.equal(patches.length, 1, command);
      counts.patches++;
    } else if (command.startsWith('sed -i')) {
      assert.deepEqual(
        writes.map(({ path, content }) => [path, content.is]),
        [['/workspace/docker-compose.yml', 'sed']],
      );
      counts.edits++;
    } else if (command === 'bash') {
      assert.deepEqual(
        unknown.map(({ kind }) => kind),
        ['interactive'],
      );
      counts.interactive++;
    }
  }
  assert.ok(counts.edits > 10 && counts.patches > 0);
  t.diagnostic(
    `recorded command sweep: ${commands.length} commands, ${counts.edits} by sed, ${counts.patches} patches, ${counts.interactive} interactive`,
  );
});

/** What stands under `command` or `cmd`, however deep, patches without a program apart. */
function commandsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if ((key === 'command' || key === 'cmd') && typeof inner === 'string') {
      return inner.startsWith('*** Begin Patch') ? [] : [inner];
    }
    return commandsIn(inner);
  });
}
