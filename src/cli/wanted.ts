import type { InfraDocument } from '../core/model/document.ts';
import type { Grant, RequestReading, Scope } from '../core/scope/grant.ts';
import { formatGrant, parseGrant } from '../core/scope/grants.ts';
import { readRequest } from '../core/scope/request.ts';
import { type Call, type Option, UsageError } from './command.ts';
import { counted, printable } from './words.ts';

export const scopeOptions = {
  scope: {
    value: 'GRANT',
    many: true,
    about: 'What may change, for example "remove service l9-postgres".',
  },
  request: {
    value: 'PROSE',
    about: 'What was asked for, in plain words; only what is sure becomes a grant.',
  },
} as const satisfies Record<string, Option>;

/** The scope that a command line declares, and what could not be made of the request. */
export interface Wanted {
  /** `undefined` where the command line declares none. */
  readonly scope: Scope | undefined;
  readonly notes: readonly string[];
}

/** A request is read against the text before: it can only name what is there, or what is to be added. */
export function wantedBy(call: Call, before: InfraDocument): Wanted {
  const typed = call.values('scope').map(readGrant);
  const request = call.value('request');
  if (request === undefined) {
    return { scope: typed.length === 0 ? undefined : { grants: typed }, notes: [] };
  }
  const reading = readRequest(request, before);
  return { scope: { grants: [...typed, ...reading.grants] }, notes: notesOn(reading) };
}

export function notesOn({ grants, ambiguous, notUnderstood }: RequestReading): string[] {
  const notes = [
    ...ambiguous.map(
      ({ phrase, candidates }) =>
        `"${phrase}" can mean ${candidates.join(' or ')}; nothing is allowed by it. Name one, with --scope or in the request.`,
    ),
    ...notUnderstood.map((phrase) => `"${phrase}" was not understood; nothing is allowed by it.`),
  ];
  const nothing = 'Nothing in the request could be read as an order, so the scope is empty.';
  return (grants.length === 0 ? [...notes, nothing] : notes).map(printable);
}

export function grantList(grants: readonly Grant[]): string {
  return grants.length === 0
    ? 'nothing'
    : `${counted(grants.length, 'grant')}: ${grants.map(formatGrant).join('; ')}`;
}

function readGrant(text: string): Grant {
  const grant = parseGrant(text);
  if ('problem' in grant) throw new UsageError(grant.problem);
  return grant;
}
