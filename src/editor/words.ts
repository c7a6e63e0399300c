import type { Change } from '../core/diff/change.ts';
import { formatGrant } from '../core/scope/grants.ts';
import type { JudgedChange, Judgement } from '../core/verdict/judgement.ts';
import type { DeclaredScope } from '../ports.ts';

/** `vscode.l10n.t`, handed in so that the wording can be tested without an editor. */
export type Say = (message: string, ...values: (string | number)[]) => string;

/** The changes nobody allowed. What an allowed change implies counts as in scope. */
export function outside(judgement: Judgement): readonly JudgedChange[] {
  return judgement.changes.filter((change) => !change.inScope);
}

/** `Removes l9-redis, l9-neo4j and 4 volumes (data loss); rewires MEMORY_DSN`, without a full stop. */
export function effectInWords(judgement: Judgement, say: Say): string {
  const [problem] = judgement.problems;
  if (problem !== undefined) return say('Cannot be judged: {0} (line {1})', problem.message, problem.line);
  const changes = outside(judgement);
  const parts = [
    sentence(changes, 'removed', say('removes'), say),
    sentence(changes, 'renamed', say('renames'), say),
    rewiring(changes, say),
    sentence(
      changes.filter((change) => change.kind !== 'environment'),
      'changed',
      say('changes'),
      say,
    ),
    sentence(changes, 'added', say('adds'), say),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? say('Changes nothing outside of the scope') : capital(parts.join('; '));
}

/** What approving would take away, data first, one line each. */
export function lossesInWords(judgement: Judgement, say: Say): readonly string[] {
  const losses = outside(judgement).filter((change) => change.loss);
  const data = losses
    .filter((change) => change.dataLoss)
    .map((change) => `${describe(change, say)}: ${say('data loss')}`);
  const rest = losses.filter((change) => !change.dataLoss).map((change) => describe(change, say));
  return [...data, ...rest];
}

/** One change in a few words: `service l9-redis removed`. */
export function describe(change: Change, say: Say): string {
  const name = `${kindInWords(change, say)} ${nameOf(change)}`.trim();
  switch (change.op) {
    case 'added':
      return say('{0} added', name);
    case 'removed':
      return say('{0} removed', name);
    case 'changed':
      return say('{0} changed', name);
    case 'renamed':
      return say('{0} renamed to {1}', name, change.renamedTo?.at(-1) ?? '');
    default:
      return change.op satisfies never;
  }
}

/** The last name says which one; a part of a service says of which service too. */
export function nameOf(change: Change): string {
  const last = change.path.at(-1) ?? change.address;
  const owner = change.path[0] === 'services' && change.path.length > 2 ? change.path[1] : undefined;
  return owner === undefined ? last : `${owner}: ${change.path.slice(2).join('.')}`;
}

export function grantsInWords(scope: DeclaredScope | undefined, say: Say): string {
  if (scope === undefined) return say('none declared');
  return scope.grants.length === 0 ? say('change nothing') : scope.grants.map(formatGrant).join(', ');
}

/** Time that is left, never less than a minute: `42 min`, `1 h 05 min`. */
export function timeLeft(milliseconds: number, say: Say): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  if (minutes < 60) return say('{0} min', minutes);
  if (minutes % 60 === 0) return say('{0} h', minutes / 60);
  return say('{0} h {1} min', Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0'));
}

const namesShown = 3;

function sentence(
  changes: readonly JudgedChange[],
  op: Change['op'],
  verb: string,
  say: Say,
): string | undefined {
  const chosen = changes.filter((change) => change.op === op);
  if (chosen.length === 0) return undefined;
  const volumes = chosen.filter((change) => change.kind === 'volume');
  const named = chosen.filter((change) => change.kind !== 'volume').map((change) => nameOf(change));
  const names = [...shortened(named, say), ...volumesInWords(volumes, say)];
  return `${verb} ${listed(names, say)}`;
}

function rewiring(changes: readonly JudgedChange[], say: Say): string | undefined {
  const names = changes
    .filter((change) => change.op === 'changed' && change.kind === 'environment')
    .map((change) => change.path.at(-1) ?? change.address);
  return names.length === 0 ? undefined : `${say('rewires')} ${listed(shortened(names, say), say)}`;
}

function volumesInWords(volumes: readonly JudgedChange[], say: Say): readonly string[] {
  if (volumes.length === 0) return [];
  const what =
    volumes.length === 1
      ? say('volume {0}', volumes[0]?.path.at(-1) ?? '')
      : say('{0} volumes', volumes.length);
  return [volumes.some((volume) => volume.dataLoss) ? say('{0} (data loss)', what) : what];
}

function shortened(names: readonly string[], say: Say): readonly string[] {
  if (names.length <= namesShown) return names;
  return [...names.slice(0, namesShown - 1), say('{0} more', names.length - namesShown + 1)];
}

function listed(names: readonly string[], say: Say): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : say('{0} and {1}', names.slice(0, -1).join(', '), last);
}

function kindInWords(change: Change, say: Say): string {
  switch (change.kind) {
    case 'service':
      return say('service');
    case 'volume':
      return say('volume');
    case 'network':
      return say('network');
    case 'config':
      return say('config');
    case 'secret':
      return say('secret');
    case 'model':
      return say('model');
    default:
      return '';
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
