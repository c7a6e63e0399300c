import assert from 'node:assert/strict';
import type { Row } from './rows.ts';

export interface Outcome {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The one place that compares an outcome with its row. */
export function assertOutcome({ exit, stdout, stderr }: Outcome, row: Row): void {
  assert.doesNotMatch(stdout + stderr, /^\s+at .+:\d+:\d+\)?$/m, 'a stack trace is no message');
  if (row.stdout instanceof RegExp) assert.match(stdout, row.stdout);
  else assert.equal(stdout, row.stdout ?? '');
  if (row.stderr === undefined) assert.equal(stderr, '');
  else assert.match(stderr, row.stderr);
  assert.equal(exit, row.exit);
}
