import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grant, GrantOp } from '../core/scope/grant.ts';
import type { DeclaredScope, Scopes } from '../ports.ts';
import { guardErrorFrom } from './errors.ts';
import { fieldsOf, type OnDamage, readStored, writeWhole } from './wholeFile.ts';

/** The one scope of the workspace. A damaged one counts as none declared, which lets less pass, never more. */
export function openScopes(directory: string, onDamage: OnDamage): Scopes {
  const file = join(directory, 'scope.json');
  return {
    get: async () => {
      try {
        return await readStored(file, decode, onDamage);
      } catch (error) {
        throw guardErrorFrom(error, 'read the declared scope');
      }
    },
    set: async (scope) => {
      try {
        if (scope === undefined) await rm(file, { force: true });
        else await writeWhole(file, `${JSON.stringify(scope)}\n`);
      } catch (error) {
        throw guardErrorFrom(error, 'record the declared scope');
      }
    },
  };
}

function decode(value: unknown): DeclaredScope | undefined {
  const { grants, request, declaredAt, expiresAt } = fieldsOf(value) ?? {};
  if (!Array.isArray(grants) || typeof declaredAt !== 'number' || typeof expiresAt !== 'number') {
    return undefined;
  }
  const known = grants.map(grantOf).filter((grant) => grant !== undefined);
  if (known.length !== grants.length) return undefined;
  return { grants: known, ...(typeof request === 'string' && { request }), declaredAt, expiresAt };
}

const ops: readonly GrantOp[] = ['add', 'remove', 'change', 'rename'];

function grantOf(value: unknown): Grant | undefined {
  const { op, address, to } = fieldsOf(value) ?? {};
  const known = ops.find((one) => one === op);
  if (known === undefined || typeof address !== 'string') return undefined;
  return { op: known, address, ...(typeof to === 'string' && { to }) };
}
