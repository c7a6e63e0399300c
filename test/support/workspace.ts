import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { kindOf } from '../../src/core/model/kinds.ts';
import { gitCommits } from '../../src/disk/commits.ts';
import { protectedFiles } from '../../src/disk/files.ts';
import { createGuard, type Guard } from '../../src/guard.ts';
import type { Ports } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';

export interface Workspace {
  readonly root: string;
  readonly guard: Guard;
  readonly ports: Ports;
  /** Moves the guard's clock. */
  pass(milliseconds: number): void;
  read(name: string): string;
  write(name: string, content: string | Uint8Array): void;
}

/** A temporary folder with files in it, a store of its own and a guard over both, all of them the real ones. */
export async function workspace(t: TestContext, files: Readonly<Record<string, string>>): Promise<Workspace> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-guard-')));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  const root = mkdtempSync(join(base, 'work-'));
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(root, name), content);
  for (const [name, content] of Object.entries(files)) write(name, content);
  const store = await openStore(root, { stateHome: join(base, 'state') });
  let now = 1_700_000_000_000;
  const ports: Ports = {
    ...store,
    clock: { now: () => now, pause },
    policy: { kindOf },
    files: protectedFiles(root),
    commits: gitCommits(root),
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return {
    root,
    guard: createGuard(ports),
    ports,
    pass,
    write,
    read: (name) => readFileSync(join(root, name), 'utf8'),
  };
}

export function incidentFile(name: string): string {
  return readFileSync(`test/cases/incident/${name}`, 'utf8');
}
