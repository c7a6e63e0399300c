import { changesOfCommand, orphans } from '../commands/changes.ts';
import type { Action } from '../commands/effects.ts';
import { type Change, noImpact } from '../diff/change.ts';
import { parseAddress } from '../model/address.ts';
import type { InfraDocument } from '../model/document.ts';
import { covers } from '../scope/coverage.ts';
import type { Grant, Scope } from '../scope/grant.ts';
import { formatGrant } from '../scope/grants.ts';
import { isEnough, judgeUnreadable, sided, verdictOn } from './judge.ts';
import type { Author, JudgedChange, Judgement } from './judgement.ts';

/** An action and the project it is done to. */
export interface ActionOn {
  readonly action: Action;
  /** What the protected Compose file of that project states; `undefined` where there is none. */
  readonly document: InfraDocument | undefined;
  /** What the files given with `-f` state, where they are others. */
  readonly started?: InfraDocument;
}

/**
 * Judges what a command does to running things by the scope that edits are judged by: `docker compose down -v` removes
 * volumes just as an edit of the file can. A function of its arguments.
 */
export function judgeCommand(
  actions: readonly ActionOn[],
  scope: Scope | undefined,
  author: Author,
): Judgement {
  const grants = scope?.grants ?? [];
  const documents = actions.flatMap(({ action, document, started }) =>
    action.tool === 'compose' ? [document, started] : [],
  );
  const problems = documents.flatMap((document) => document?.problems ?? []);
  if (problems.length > 0) {
    return judgeUnreadable(sided(problems, 'before'), grants);
  }
  const changes = actions.flatMap(({ action, document, started }) =>
    changesOfCommand(action, readable(document), started),
  );
  const judged = onlyOnce(changes).map((change) => placed(change, scope ?? { grants }));
  return {
    verdict: verdictOn(judged, scope, author),
    changes: judged,
    impact: async () => noImpact,
    problems: [],
    grants,
  };
}

function readable(document: InfraDocument | undefined): InfraDocument | undefined {
  return document !== undefined && document.problems.length > 0 ? undefined : document;
}

/** `down` twice takes nothing away twice. */
function onlyOnce(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [`${change.op} ${change.address}`, change])).values()];
}

function placed(change: Change, scope: Scope): JudgedChange {
  const { grants } = scope;
  if (grants.some((grant) => covers(grant, change) && isEnough(grant, change, scope)))
    return { ...change, inScope: true, impliedBy: undefined };
  const grant = grants.find((one) => interrupts(one, change));
  return { ...change, inScope: grant !== undefined, impliedBy: grant && formatGrant(grant) };
}

/**
 * What is granted about a service takes effect only with a new container, for which the old one is stopped and removed
 * (docker/compose pkg/compose/reconcile.go mustRecreate). So an interruption is implied by any grant about that
 * service, and stored data by none.
 */
function interrupts(grant: Grant, { path, dataLoss }: Change): boolean {
  if (dataLoss || path.length !== 2 || path[0] !== 'services') return false;
  const granted = parseAddress(grant.address);
  if (granted?.[0] !== 'services' || granted[1] === undefined) return false;
  // Orphans are the containers of services that left the file.
  if (path[1] === orphans) return grant.op === 'remove' || grant.op === 'rename';
  return granted[1] === '*' || granted[1] === path[1];
}
