import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InfraDocument } from '../../src/core/model/document.ts';
import { readDocument } from '../../src/core/model/read.ts';
import type { Stand } from './witness.ts';

/** What the model makes of a stand; with the variables that it names, if it names any. */
export function readStand({ text, files, folder, env }: Stand): InfraDocument {
  const onDisk = (path: string) => {
    const full = join(folder ?? '', path);
    return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
  };
  const given = (path: string) => (files && Object.hasOwn(files, path) ? files[path] : undefined);
  const name = folder === undefined ? 'compose.yaml' : 'from-input.yaml';
  return readDocument('compose', text, {
    name,
    read: folder === undefined ? given : onDisk,
    ...(env && { env }),
  });
}
