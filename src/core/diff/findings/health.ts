import { secondsOf } from '../../model/compose/units.ts';
import { type Entity, entityAt, type Json } from '../../model/document.ts';
import { fieldOf } from '../references.ts';
import type { Finding } from './codes.ts';
import { fieldIn, finding, type Rule, textOf } from './pair.ts';

/** What finds out later that a service is not well, or leaves it lying. */
export const healthFindings: Rule = (pair, documents) => {
  const { service, field } = fieldIn(pair) ?? {};
  const { before, after, path } = pair;
  if (service === undefined || entityAt(documents.before, ['services', service]) === undefined) return [];
  if (before === undefined && field !== 'healthcheck') return [];
  switch (field) {
    case 'healthcheck':
      return health(before, after, path.slice(3), entityAt(documents.before, path.slice(0, 3)));
    case 'restart':
      return path.length === 3 ? restart(textOf(before) ?? 'no', textOf(after) ?? 'no') : [];
    case 'deploy':
      return restartPolicy(before, after, path.slice(3));
    case 'depends_on':
      // What nobody can wait for any more is told of with the service that is gone.
      return path.length === 4 && entityAt(documents.after, ['services', path[3] ?? ''])
        ? dependency(before, after)
        : [];
    default:
      return [];
  }
};

function health(
  before: Entity | undefined,
  after: Entity | undefined,
  path: readonly string[],
  check: Entity | undefined,
): Finding[] {
  const [part] = path;
  if (isOff(part === undefined ? after?.children.get('test') : after, part)) {
    return finding('healthcheck-removed', 'the check is switched off');
  }
  if (part === undefined)
    return after === undefined ? finding('healthcheck-removed', 'the check is gone') : [];
  if (part === 'test') {
    if (after === undefined) return finding('healthcheck-removed', 'the check has nothing to ask any more');
    return isTrivial(after.value) && !isTrivial(before?.value)
      ? finding('healthcheck-slackened', 'the check always succeeds')
      : [];
  }
  // A new check may be as slow as it likes.
  if (check === undefined) return [];
  const [from, to] = [slackOf(part, before?.value), slackOf(part, after?.value)];
  return part in defaults && to > from
    ? finding(
        'healthcheck-slackened',
        `${part} from ${before?.label ?? 'the default'} to ${after?.label ?? 'the default'}`,
      )
    : [];
}

function isOff(entity: Entity | undefined, part: string | undefined): boolean {
  if (part === 'disable') return entity?.value === true;
  return (
    (part === undefined || part === 'test') && Array.isArray(entity?.value) && entity.value[0] === 'NONE'
  );
}

function isTrivial(test: Json | undefined): boolean {
  const said = Array.isArray(test) ? test.slice(1).join(' ') : '';
  return /^(?:true|:|exit 0|\/bin\/true|echo\b[^|&;]*)$/.test(said.trim());
}

/** What the engine takes where nothing is said (moby daemon/health.go). */
const defaults: Readonly<Record<string, number>> = { interval: 30, timeout: 30, start_period: 0, retries: 3 };

function slackOf(part: string, value: Json | undefined): number {
  const said = typeof value === 'string' ? secondsOf(value) : typeof value === 'number' ? value : undefined;
  return said ?? defaults[part] ?? 0;
}

function restart(from: string, to: string): Finding[] {
  return rankOf(to) < rankOf(from) ? finding('restart-weakened', `from ${from} to ${to}`) : [];
}

/** `unless-stopped` differs from `always` only for who stopped the container by hand. */
function rankOf(policy: string): number {
  const [word = '', count] = policy.split(':');
  if (word === 'on-failure') return count === undefined ? 2 : 1;
  return ['always', 'unless-stopped', 'any'].includes(word) ? 3 : word.includes('$') ? 3 : 0;
}

function restartPolicy(
  before: Entity | undefined,
  after: Entity | undefined,
  path: readonly string[],
): Finding[] {
  const below = ['restart_policy', 'condition'];
  if (path.some((name, index) => name !== below[index])) return [];
  const rest = below.slice(path.length);
  const [from, to] = [before, after].map((entity) => {
    let found = entity;
    for (const name of rest) found = found?.children.get(name);
    return textOf(found);
  });
  // Without a condition a policy means any, and without a policy there is none.
  if (from === undefined && !hasPolicy(before, path)) return [];
  return restart(from ?? 'any', to ?? (hasPolicy(after, path) ? 'any' : 'none'));
}

function hasPolicy(entity: Entity | undefined, path: readonly string[]): boolean {
  return path.length === 0
    ? entity?.children.has('restart_policy') === true
    : path.length === 1 && entity !== undefined;
}

function dependency(before: Entity | undefined, after: Entity | undefined): Finding[] {
  if (before === undefined) return [];
  if (after === undefined) return finding('dependency-weakened', 'it starts without waiting');
  const weaker: string[] = [];
  const condition = (entity: Entity) => String(fieldOf(entity, 'condition') ?? '');
  if (condition(before) !== condition(after) && condition(after) === 'service_started')
    weaker.push(`waits for service_started and no longer for ${condition(before)}`);
  if (fieldOf(before, 'required') === true && fieldOf(after, 'required') === false)
    weaker.push('starts without it');
  if (fieldOf(before, 'restart') === true && fieldOf(after, 'restart') === false)
    weaker.push('is no longer started again with it');
  return weaker.length === 0 ? [] : finding('dependency-weakened', `it ${weaker.join(' and ')}`);
}
