import type { Change } from '../core/diff/change.ts';
import { gravestIn } from '../core/diff/findings/gravity.ts';
import type { Path } from '../core/model/address.ts';
import type { Grant } from '../core/scope/grant.ts';
import { formatGrant } from '../core/scope/grants.ts';
import type { JudgedChange, Judgement } from '../core/verdict/judgement.ts';
import { bringsRefusal, broughtProblems } from '../core/verdict/loading.ts';
import type { DeclaredScope, SessionScope } from '../ports.ts';

/** `vscode.l10n.t`, handed in so that the wording can be tested without an editor. */
export type Say = (message: string, ...values: (string | number)[]) => string;

/** The changes nobody allowed. What an allowed change implies counts as in scope. */
export function outside(judgement: Judgement): readonly JudgedChange[] {
  return judgement.changes.filter((change) => !change.inScope);
}

/** `Removes l9-redis, l9-neo4j and 4 volumes (data loss); rewires MEMORY_DSN`, without a full stop. */
export function effectInWords(judgement: Judgement, say: Say): string {
  if (judgement.verdict === 'undecided') return doubtInWords(judgement, say);
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

function doubtInWords(judgement: Judgement, say: Say): string {
  const told = broughtProblems(judgement);
  const problem = told.find(bringsRefusal) ?? told[0];
  if (problem === undefined) return say('Cannot be judged');
  return problem.ofModel
    ? say('Compose would no longer load the file: {0} (line {1})', problem.message, problem.line)
    : say('Cannot be judged: {0} (line {1})', problem.message, problem.line);
}

/** What approving would take away, data first, one line each. */
export function lossesInWords(judgement: Judgement, say: Say): readonly string[] {
  const losses = outside(judgement).filter((change) => change.loss);
  const data = losses
    .filter((change) => change.dataLoss)
    .map((change) => `${describe(change, say)}: ${say('data loss')}${foundInWords(change)}`);
  const rest = losses.filter((change) => !change.dataLoss).map((change) => describe(change, say));
  return [...data, ...rest];
}

/** What a data loss is, where the change does not say it: that a volume is gone does. */
function foundInWords(change: Change): string {
  const found = gravestIn(change);
  return found === undefined || found.code === 'volume-removed' ? '' : ` (${found.message})`;
}

/** An entity by its path: `volume l9-redis-data`, `l9-api: environment.DSN`. */
export function placeInWords([section = '', name, ...rest]: Path, say: Say): string {
  if (name === undefined) return section;
  if (rest.length > 0) return `${name}: ${rest.join('.')}`;
  return say('{0} {1}', section.replace(/s$/, ''), name);
}

/** One change in a few words: `service l9-redis removed`. */
export function describe(change: Change, say: Say): string {
  return happened(`${kindInWords(change, say)} ${nameOf(change)}`.trim(), change, say);
}

function happened(name: string, change: Change, say: Say): string {
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

/** What kind of thing changed and how, without its name: `volume removed`, `environment of l9-api changed`. */
export function partInWords(change: Change, say: Say): string {
  const [section, owner, part] = change.path;
  const isPart = section === 'services' && owner !== undefined && part !== undefined;
  const what = isPart && change.path.length > 3 ? say('{0} of {1}', part, owner) : isPart ? owner : '';
  return happened(what === '' ? kindInWords(change, say) : what, change, say).trim();
}

/** The last name says which one; a part of a service says of which service too. */
export function nameOf(change: Change): string {
  const last = change.path.at(-1) ?? change.address;
  const owner = change.path[0] === 'services' && change.path.length > 2 ? change.path[1] : undefined;
  return owner === undefined ? last : `${owner}: ${change.path.slice(2).join('.')}`;
}

/** What may be done in a folder: what is declared, or else what agents' sessions were told. */
export function grantsOf({ scope, heard }: Allowed): readonly Grant[] | undefined {
  if (scope !== undefined) return scope.grants;
  return heard.length === 0 ? undefined : heard.flatMap(({ files }) => files.flatMap(({ grants }) => grants));
}

interface Allowed {
  readonly scope: DeclaredScope | undefined;
  readonly heard: readonly SessionScope[];
}

/** The scope that an edit was judged by: what is declared, or else what its judgement knows of a prompt. */
export function scopeOver(
  declared: DeclaredScope | undefined,
  { grants }: Judgement,
): readonly Grant[] | undefined {
  if (declared !== undefined) return declared.grants;
  return grants.length === 0 ? undefined : grants;
}

export function grantsInWords(grants: readonly Grant[] | undefined, say: Say): string {
  if (grants === undefined) return say('none declared');
  return grants.length === 0 ? say('change nothing') : grants.map(formatGrant).join(', ');
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
  const [services, volumes] = [ofKind(chosen, 'service'), ofKind(chosen, 'volume')];
  const rest = chosen.filter(({ kind }) => kind !== 'service' && kind !== 'volume');
  const room = Math.max(1, namesShown - services.length);
  const names = [
    ...services.slice(0, namesShown).map((change) => marked(nameOf(change), change, say)),
    ...moreServices(services.length - namesShown, say),
    ...volumesInWords(volumes, say),
    ...shortened(
      [...new Set(rest.map((change) => marked(shortNameOf(change, say), change, say)))],
      room,
      say,
    ),
  ];
  return `${verb} ${listed(names, say)}`;
}

function moreServices(count: number, say: Say): readonly string[] {
  if (count <= 0) return [];
  return [count === 1 ? say('1 more service') : say('{0} more services', count)];
}

function rewiring(changes: readonly JudgedChange[], say: Say): string | undefined {
  const names = changes
    .filter((change) => change.op === 'changed' && change.kind === 'environment')
    .map((change) => change.path.at(-1) ?? change.address);
  return names.length === 0
    ? undefined
    : `${say('rewires')} ${listed(shortened(names, namesShown, say), say)}`;
}

function volumesInWords(volumes: readonly JudgedChange[], say: Say): readonly string[] {
  const [first] = volumes;
  if (first === undefined) return [];
  const what = volumes.length === 1 ? say('volume {0}', nameOf(first)) : say('{0} volumes', volumes.length);
  return [volumes.some((volume) => volume.dataLoss) ? say('{0} (data loss)', what) : what];
}

function ofKind(changes: readonly JudgedChange[], kind: Change['kind']): readonly JudgedChange[] {
  return changes.filter((change) => change.kind === kind);
}

/** `depends_on of l9-api` says enough where one sentence must tell of everything. */
function shortNameOf(change: Change, say: Say): string {
  const [section, owner, part] = change.path;
  if (section === 'services' && owner !== undefined && part !== undefined)
    return say('{0} of {1}', part, owner);
  return `${kindInWords(change, say)} ${nameOf(change)}`.trim();
}

function marked(name: string, { dataLoss }: Change, say: Say): string {
  return dataLoss ? say('{0} (data loss)', name) : name;
}

/** So many names, and how many more there are. */
export function shortened(names: readonly string[], most: number, say: Say): readonly string[] {
  if (names.length <= most) return names;
  const shown = names.slice(0, most - 1);
  return [...shown, say('{0} more', names.length - shown.length)];
}

/** `a, b and c`. */
export function listed(names: readonly string[], say: Say): string {
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
