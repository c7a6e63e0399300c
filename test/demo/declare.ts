import { realpath } from 'node:fs/promises';
import { decodeText } from '../../src/content.ts';
import { kindOf } from '../../src/core/model/kinds.ts';
import { readDocument } from '../../src/core/model/read.ts';
import { formatGrant } from '../../src/core/scope/grants.ts';
import { readRequest } from '../../src/core/scope/request.ts';
import { systemClock } from '../../src/disk/clock.ts';
import { gitCommits } from '../../src/disk/commits.ts';
import { protectedFiles } from '../../src/disk/files.ts';
import { createGuard } from '../../src/guard.ts';
import { openStore } from '../../src/store/open.ts';

/**
 * Declares a scope for a folder as a person does it in the editor, and gives its grants in words. The command line has
 * no such command: what a process can start, an agent can start too.
 */
export async function declareScope(
  folder: string,
  file: string,
  request: string,
  stateHome: string,
): Promise<readonly string[]> {
  const root = await realpath(folder);
  const files = protectedFiles(root);
  const guard = createGuard({
    ...(await openStore(root, { stateHome })),
    clock: systemClock,
    policy: { kindOf },
    files,
    commits: gitCommits(root),
  });
  const decoded = decodeText((await files.read(file)) ?? new Uint8Array());
  if (!('text' in decoded)) throw new Error(decoded.problem.message);
  const { grants } = readRequest(request, readDocument('compose', decoded.text));
  const now = Date.now();
  await guard.declare({ grants, request, declaredAt: now, expiresAt: now + 3_600_000 });
  return grants.map(formatGrant);
}
