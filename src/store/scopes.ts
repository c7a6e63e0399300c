import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grant, GrantOp } from '../core/scope/grant.ts';
import type { DeclaredScope, Scopes } from '../ports.ts';
import { attempt } from './errors.ts';
import { fieldsOf, type OnDamage, readStored, writeWhole } from './wholeFile.ts';

/** The one scope of the workspace. A damaged one counts as none declared, which lets less pass, never more. */
export function openScopes(directory: string, onDamage: OnDamage): Scopes {
  const file = join(directory, 'scope.json');
  return {
    get: () => attempt('read the declared scope', () => readStored(file, decode, onDamage)),
    set: (scope) =>
      attempt('record the declared scope', () =>
        scope === undefined ? rm(file, { force: true }) : writeWhole(file, `${JSON.stringify(scope)}\n`),
      ),
  };
}

function decode(value: unknown): DeclaredScope | undefined {
  const { grants, request, declaredAt, expiresAt } = fieldsOf(value) ?? {};
  const known = grantsIn(grants);
  if (known === undefined || typeof declaredAt !== 'number' || typeof expiresAt !== 'number')
    return undefined;
  return { grants: known, ...(typeof request === 'string' && { request }), declaredAt, expiresAt };
}

/** One grant that is not understood spoils the scope: the rest alone may not be what was declared. */
export function grantsIn(value: unknown): readonly Grant[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const known = value.map(grantOf).filter((grant) => grant !== undefined);
  return known.length === value.length ? known : undefined;
}

const ops: readonly GrantOp[] = ['add', 'remove', 'change', 'rename'];

function grantOf(value: unknown): Grant | undefined {
  const { op, address, to } = fieldsOf(value) ?? {};
  const known = ops.find((one) => one === op);
  if (known === undefined || typeof address !== 'string') return undefined;
  return { op: known, address, ...(typeof to === 'string' && { to }) };
}
