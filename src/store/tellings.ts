import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Audit, AuditRecord } from '../ports.ts';
import { sha256 } from './sha256.ts';

export interface Tellings {
  /** What has happened since this session was last told, and counts it as told from now on. */
  news(session: string): Promise<readonly AuditRecord[]>;
}

/** The time of an empty file says when a session was last told. */
export function openTellings(directory: string, audit: Audit): Tellings {
  return {
    news: async (session) => {
      const file = join(directory, 'sessions', `${sha256(session)}.told`);
      const now = Date.now();
      const since = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now - shortly;
      writeFileSync(file, '', { mode: 0o600 });
      const written = statSync(join(directory, 'audit.jsonl'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
      // Most tools change nothing of ours; then the record need not be read.
      if (written < since) return [];
      return (await audit.tail(mostNews)).filter(({ at }) => at >= Math.floor(since));
    },
  };
}

/** For a session of which nothing is known yet: about as long as a tool runs. */
const shortly = 10_000;
const mostNews = 200;
