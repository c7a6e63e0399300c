import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeardFile } from '../core/scope/hear.ts';
import type { SessionScope, Sessions } from '../ports.ts';
import { attempt } from './errors.ts';
import { grantsIn } from './scopes.ts';
import { sha256 } from './sha256.ts';
import { fieldsOf, type OnDamage, readStored, writeWhole } from './wholeFile.ts';

/** What each agent's session was told to do. A damaged or missing one counts as told nothing, which lets less pass. */
export function openSessions(directory: string, onDamage: OnDamage): Sessions {
  const fileOf = (host: string, session: string) => join(directory, `${sha256(`${host}\0${session}`)}.json`);
  return {
    get: (host, session) =>
      attempt('read what a session was told', async () =>
        existsSync(directory) ? readStored(fileOf(host, session), decode, onDamage) : undefined,
      ),
    set: (scope) =>
      attempt('record what a session was told', async () => {
        const file = fileOf(scope.host, scope.session);
        if (scope.files.length === 0) await rm(file, { force: true });
        else await writeWhole(file, `${JSON.stringify(scope)}\n`);
      }),
    all: () =>
      attempt('read what the sessions were told', async () => {
        if (!existsSync(directory)) return [];
        const names = (await readdir(directory)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
        const read = (name: string) => readStored(join(directory, name), decode, onDamage);
        return (await Promise.all(names.map(read))).filter((scope) => scope !== undefined);
      }),
  };
}

function decode(value: unknown): SessionScope | undefined {
  const { host, session, requests, files, heardAt, expiresAt } = fieldsOf(value) ?? {};
  if (typeof host !== 'string' || typeof session !== 'string') return undefined;
  if (typeof heardAt !== 'number' || typeof expiresAt !== 'number') return undefined;
  if (!Array.isArray(requests) || !requests.every((text) => typeof text === 'string')) return undefined;
  const known = Array.isArray(files) ? files.map(heardFile) : [undefined];
  if (!known.every((file) => file !== undefined)) return undefined;
  return { host, session, requests, files: known, heardAt, expiresAt };
}

function heardFile(value: unknown): HeardFile | undefined {
  const { path, grants, isPart } = fieldsOf(value) ?? {};
  const known = grantsIn(grants);
  if (typeof path !== 'string' || known === undefined || typeof isPart !== 'boolean') return undefined;
  return { path, grants: known, isPart };
}
