import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { printable } from '../../core/printable.ts';
import { findProtected } from '../../disk/find.ts';
import type { Guard } from '../../guard.ts';
import type { DeclaredScope } from '../../ports.ts';
import { plainGrant } from '../formats/json.ts';
import { counted } from '../words.ts';
import { openWorkspace } from '../workspace.ts';
import type { World } from '../world.ts';
import { answer } from './answer.ts';
import { inOneLine } from './question.ts';
import { subjectAt } from './subject.ts';

const grant = z.object({ op: z.string(), address: z.string(), to: z.string().optional() });

/** A scope in force, as every tool tells it. */
export const scopeShape = z.object({
  grants: z.array(grant),
  request: z.string().nullable().describe('The words it was declared with'),
  expiresAt: z.string().describe('ISO 8601'),
});

export const currentScopeInput = z.strictObject({
  path: z.string().min(1).max(4096).optional().describe('A file of the project, to ask about it alone'),
});

export const currentScopeOutput = z.object({
  message: z.string(),
  folder: z.string(),
  scope: scopeShape
    .nullable()
    .describe('null: nothing is declared, so every change in meaning is asked about'),
  heard: z
    .array(z.object({ agent: z.string(), path: z.string(), grants: z.array(grant), expiresAt: z.string() }))
    .describe('What the person ordered in the chat; it counts where no scope is declared'),
  protected: z.array(z.string()).describe('Files that are judged, relative to the folder'),
});

/** What this task may do, and to which files it matters. */
export async function currentScope(
  folder: string,
  { path }: z.infer<typeof currentScopeInput>,
  world: World,
): Promise<CallToolResult> {
  const { root, guard, ports } = await openWorkspace(folder, world);
  const isProtected = (file: string) => ports.policy.kindOf(file) !== undefined;
  const asked = path === undefined ? undefined : (await subjectAt(folder, path, world)).path;
  const files = asked === undefined ? await findProtected(root, isProtected) : [asked].filter(isProtected);
  const scope = await guard.scope();
  const heard = (await heardBy(guard)).filter(({ path: where }) => files.includes(where));
  const fields = { folder: root, scope: plainScope(scope), heard, protected: files };
  if (asked !== undefined && files.length === 0)
    return answer(fields, printable(`${asked} is not protected: edit it freely.`));
  const about = asked ?? counted(files.length, 'protected file');
  if (scope !== undefined || heard.length === 0)
    return answer(fields, printable(inWords(scope, ports.clock.now(), about)));
  const ordered = heard.map((one) => `${one.path} (${one.agent}): ${inOneLine(one.grants)}`).join('. ');
  return answer(
    fields,
    printable(`By what the person wrote in the chat, this task may, in ${ordered}. ${quiet}`),
  );
}

/** What the prompts of agents' sessions ordered, a file each. */
async function heardBy(guard: Guard) {
  const all = await guard.heard();
  return all.flatMap(({ host: agent, files, expiresAt }) => {
    const until = new Date(expiresAt).toISOString();
    return files.map(({ path, grants }) => ({
      agent,
      path,
      grants: grants.map(plainGrant),
      expiresAt: until,
    }));
  });
}

const quiet = 'Nothing else may change in meaning. Comments, order and layout may always change.';

export function plainScope(scope: DeclaredScope | undefined): z.infer<typeof scopeShape> | null {
  if (scope === undefined) return null;
  const { grants, request, expiresAt } = scope;
  const until = new Date(expiresAt).toISOString();
  return { grants: grants.map(plainGrant), request: request ?? null, expiresAt: until };
}

function inWords(scope: DeclaredScope | undefined, now: number, about: string): string {
  if (scope === undefined)
    return `No scope is declared for ${about}: a person is asked about every change in meaning. Comments, order and layout may always change. request_scope asks for more.`;
  const minutes = Math.max(1, Math.ceil((scope.expiresAt - now) / 60_000));
  return `In ${about} this task may, for ${counted(minutes, 'minute')} more: ${inOneLine(scope.grants)}. ${quiet}`;
}
