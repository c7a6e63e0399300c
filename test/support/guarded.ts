import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { HeldEdit } from '../../src/choosing.ts';
import type { Review } from '../../src/holding.ts';
import type { DeclaredScope, Origin } from '../../src/ports.ts';
import { incidentFile, type Workspace, workspace } from './workspace.ts';

export const path = 'docker-compose.yml';
export const before = incidentFile(path);
export const aiEdit = incidentFile('ai-edit.yml');
export const askedFor = incidentFile('asked-for.yml');
export const ai: Origin = { author: 'ai' };

export const removePostgres = (now: number): DeclaredScope => ({
  grants: [{ op: 'remove', address: 'services.l9-postgres' }],
  declaredAt: now,
  expiresAt: now + 3_600_000,
});

/** The file of the incident, accepted, under a guard. */
export async function guarded(t: TestContext): Promise<Workspace> {
  const place = await workspace(t, { [path]: before });
  await place.guard.adopt(path);
  return place;
}

export function heldOf(review: Review | undefined): HeldEdit {
  assert.equal(review?.outcome, 'held');
  return review.held;
}

export async function events({ ports }: Workspace): Promise<readonly string[]> {
  return (await ports.audit.tail(100)).map(({ event }) => event);
}
