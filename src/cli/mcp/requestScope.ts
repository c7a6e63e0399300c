import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { printable } from '../../core/printable.ts';
import { entitiesNamed } from '../../core/scope/dataAtStake.ts';
import type { Grant } from '../../core/scope/grant.ts';
import { formatGrant, parseGrant } from '../../core/scope/grants.ts';
import { type Widening, wideningFor } from '../../widening.ts';
import type { World } from '../world.ts';
import { answer } from './answer.ts';
import { plainScope, scopeShape } from './currentScope.ts';
import { inOneLine } from './question.ts';
import { acceptedDocument, CallError, type Subject, subjectAt } from './subject.ts';

export const requestScopeInput = z.strictObject({
  path: z.string().min(1).max(4096).describe('The protected file that the task is about'),
  grants: z
    .array(z.string().min(1).max(300))
    .min(1)
    .max(20)
    .describe(
      'Each an operation and an address: "remove service l9-redis", "change services.api.environment.DSN"',
    ),
  reason: z.string().min(1).max(500).describe('Why the task needs it. The person reads it'),
  minutes: z.int().min(1).max(480).default(60).describe('For how long'),
});

export const requestScopeOutput = z.object({
  outcome: z.enum(['approved', 'refused', 'unanswered', 'nobody-asked', 'allowed-already']),
  message: z.string(),
  scope: scopeShape.nullable(),
});

export type Outcome = z.infer<typeof requestScopeOutput>['outcome'];

export interface Asked {
  readonly subject: Subject;
  readonly question: Widening;
}

/**
 * The question behind a call. Throws where there is none: what is no grant, what names nothing, and what only a person
 * changes. It is not needed where all of it is allowed already: a question that was not needed is a defect.
 */
export async function questionFor(
  folder: string,
  { path: named, grants: typed, reason, minutes }: z.infer<typeof requestScopeInput>,
  asker: string,
  world: World,
): Promise<Asked & { readonly isNeeded: boolean }> {
  const subject = await subjectAt(folder, named, world);
  const { path, kind, workspace } = subject;
  if (kind === undefined) throw new CallError(`${path} is not protected: edit it freely.`);
  if (kind !== 'compose')
    throw new CallError(
      `${path} is compared as a text and has nothing that a grant could name. A person edits it.`,
    );
  const document = await acceptedDocument(subject);
  const grants = typed.map(readGrant);
  for (const grant of grants) {
    const isThere = entitiesNamed(grant, document).length > 0;
    if (grant.op === 'add' ? isThere && !grant.address.includes('*') : !isThere)
      throw new CallError(
        `${formatGrant(grant)}: ${path} has ${isThere ? 'that already' : 'no such thing'}.`,
      );
  }
  const question = await wideningFor(workspace.guard, document, { path, grants, reason, minutes, asker });
  return { subject, question, isNeeded: question.grants.length > 0 };
}

/** What came of it, and what the agent is to do now. */
export async function outcome({ subject, question }: Asked, what: Outcome): Promise<CallToolResult> {
  const scope = await subject.workspace.guard.scope();
  const allowed = (scope ?? question.kept)?.grants ?? [];
  const message = printable(`${inWords[what]} Allowed now: ${inOneLine(allowed)}.`);
  return answer({ outcome: what, scope: plainScope(scope) }, message);
}

const inWords: Readonly<Record<Outcome, string>> = {
  approved: 'The person allowed it.',
  refused: 'The person said no. Stay within what is allowed, and do not ask for the same again.',
  unanswered: 'The person has not answered. Go on without it, or ask again later.',
  'nobody-asked':
    'Nobody could be asked here, so it is not allowed. Tell the person: open the folder in VS Code and run ' +
    '"Infrahold: Declare Scope…", or order the change in so many words in the chat.',
  'allowed-already': 'It is allowed already; nobody had to be asked.',
};

function readGrant(text: string): Grant {
  const grant = parseGrant(text);
  if ('problem' in grant) throw new CallError(grant.problem);
  return grant;
}
