import { basename } from 'node:path';
import type { InfraDocument } from '../core/model/document.ts';
import { kindOf } from '../core/model/kinds.ts';
import { printable } from '../core/printable.ts';
import type { Grant, RequestReading, Scope } from '../core/scope/grant.ts';
import { formatGrant, parseGrant } from '../core/scope/grants.ts';
import { type Call, UsageError } from './command.ts';

/** The scope that a command line declares, and what could not be made of the request. */
export interface Wanted {
  /** `undefined` where the command line declares none. */
  readonly scope: Scope | undefined;
  readonly notes: readonly string[];
}

/**
 * A request is read against the text before: it can only name what is there, or what is to be added. What it asks of
 * another file than `file` grants nothing here.
 */
export async function wantedBy(call: Call, before: InfraDocument, file: string): Promise<Wanted> {
  const typed = call.values('scope').map(readGrant);
  const request = call.value('request');
  if (request === undefined) {
    return { scope: typed.length === 0 ? undefined : { grants: typed }, notes: [] };
  }
  // A text that cannot be judged lets nothing pass, and a request says nothing about it.
  if (before.problems.length > 0) return { scope: { grants: typed }, notes: [] };
  // Reading prose is a large part of the program, and most calls name their grants.
  const { readRequest } = await import('../core/scope/request.ts');
  const reading = readRequest(request, before, realName(call, file));
  return { scope: { grants: [...typed, ...reading.grants] }, notes: notesOn(reading) };
}

/**
 * The name under which people speak of a file. `before.yml` beside `after.yml` is a copy that nobody means, and its
 * name must not make a request about `docker-compose.yml` one about another file.
 */
function realName(call: Call, file: string): string | undefined {
  const [before, after] = call.operands.map((operand) => basename(operand));
  const isReal = call.value('as') !== undefined || before === after;
  return isReal ? nameOfCompose(file) : undefined;
}

/** Only a name that Compose would find is one that a request can be expected to use. */
export function nameOfCompose(file: string): string | undefined {
  return kindOf(file) === 'compose' ? file : undefined;
}

/** What a person must know about a request: each part that grants nothing, and why. */
export function notesOn({ grants, ambiguous, notUnderstood, reasons = [] }: RequestReading): string[] {
  const notes = [
    ...ambiguous.map(
      ({ phrase, candidates, grants: meant }) =>
        `"${phrase}" can mean ${candidates.join(' or ')}; nothing is allowed by it. Name one in the request${typed(meant)}.`,
    ),
    ...notUnderstood.map((phrase, index) => {
      const why = reasons[index];
      const because = why === undefined ? '' : ` Why: ${why}.`;
      return `"${phrase}" was not understood; nothing is allowed by it.${because}`;
    }),
  ];
  const nothing =
    ambiguous.length > 0
      ? 'Nothing is allowed until that is said, so the scope is empty.'
      : 'Nothing in the request could be read as an order, so the scope is empty.';
  return (grants.length === 0 ? [...notes, nothing] : notes).map(printable);
}

/** What to type to say which is meant; the first few say how. */
function typed(meant: readonly Grant[]): string {
  const shown = meant.slice(0, 3).map((grant) => `--scope "${formatGrant(grant)}"`);
  return shown.length === 0 ? ', or with --scope' : `, or with ${shown.join(' or ')}`;
}

/** A grant that is none ends the call: judging without it would hold for a reason nobody typed. */
function readGrant(text: string): Grant {
  const grant = parseGrant(text);
  if ('problem' in grant) throw new UsageError(grant.problem);
  return grant;
}
