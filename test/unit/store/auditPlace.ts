import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { AuditRecord } from '../../../src/ports.ts';
import { openAudit } from '../../../src/store/audit.ts';
import { openStore } from '../../../src/store/open.ts';
import { temporaryFolder } from '../disk/temporaryFolder.ts';

/** What a program does that appends from another process. */
export async function appendMany(workspace: string, stateHome: string, most?: string): Promise<void> {
  const { audit: usual, directory } = await openStore(workspace, { stateHome });
  const audit = most === undefined ? usual : openAudit(directory, assert.fail, Number(most));
  for (let index = 0; index < 150; index++) {
    await audit.append({ at: index, event: 'held', note: `${process.pid}: ${'x'.repeat(index * 7)}` });
  }
}

export async function opened(t: TestContext) {
  const folder = temporaryFolder(t);
  const workspace = join(folder, 'shop');
  const stateHome = join(folder, 'state');
  mkdirSync(workspace);
  const damage: string[] = [];
  const store = await openStore(workspace, { stateHome, onDamage: (message) => void damage.push(message) });
  const file = join(store.directory, 'audit.jsonl');
  return { audit: store.audit, file, damage, workspace, stateHome, directory: store.directory };
}

export function held(at: number): AuditRecord {
  return { at, event: 'held', path: 'compose.yml', changes: [`removed services.s${at}`] };
}

/** Small files, so that a few records fill several. */
export const small = 1_000;

export function closedIn(directory: string): readonly string[] {
  return readdirSync(directory).filter((name) => /^audit-\d+\.jsonl$/.test(name));
}
