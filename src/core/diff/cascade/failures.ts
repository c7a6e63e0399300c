import { entityAt, type InfraDocument } from '../../model/document.ts';
import type { Affected } from '../reasons.ts';
import { dependenciesIn, dependentsIn, publicationsIn, servicesIn } from '../relations.ts';
import { projectOf } from '../volumes.ts';
import { affected, type Edit } from './edit.ts';

/** Services that cannot start as the text stands (compose-go loader/validate.go, docker/compose convergence.go). */
export function failures(document: InfraDocument): Affected[] {
  const services = servicesIn(document);
  return dependenciesIn(document).flatMap(({ from, to, required, condition }) => {
    const target = services.get(to);
    // A service that is not there at all is refused, required or not.
    if (target === undefined) return [affected(from, `service:${to}`, 'undefined-dependency')];
    if (required && isDisabled(document, from, to))
      return [affected(from, `service:${to}`, 'disabled-dependency')];
    const isChecked = condition !== 'service_healthy' || !required || canBeHealthy(document, to);
    return isChecked ? [] : [affected(from, `service:${to}`, 'never-healthy')];
  });
}

/** Whether there is a way to start the one without the other: a profile that only the other one waits for. */
function isDisabled(document: InfraDocument, from: string, to: string): boolean {
  const profiles = (name: string) => [
    ...(servicesIn(document).get(name)?.children.get('profiles')?.children.keys() ?? []),
  ];
  const needed = profiles(to);
  const own = profiles(from);
  if (needed.length === 0) return false;
  return own.length === 0 || own.some((profile) => !needed.includes(profile));
}

/** An image may bring a check of its own, which the file does not tell. One that is switched off is none. */
function canBeHealthy(document: InfraDocument, service: string): boolean {
  const check = entityAt(document, ['services', service, 'healthcheck']);
  if (check === undefined) return false;
  const test = check.children.get('test')?.value;
  const isOff = check.children.get('disable')?.value === true || (Array.isArray(test) && test[0] === 'NONE');
  return !isOff;
}

/** What waits for a service that does not start does not start either, and so on. */
export function failingWith(document: InfraDocument, failing: readonly Affected[]): Affected[] {
  const seen = new Set(failing.map(({ service }) => service));
  const found: Affected[] = [];
  const dependents = dependentsIn(document);
  const queue = [...seen];
  for (let at = 0; at < queue.length; at++) {
    const cause = queue[at] ?? '';
    for (const { from, required } of dependents.get(cause) ?? []) {
      if (!required || seen.has(from)) continue;
      seen.add(from);
      queue.push(from);
      found.push(affected(from, `service:${cause}`, 'dependency-fails'));
    }
  }
  return found;
}

/**
 * The container of a service that left the file keeps running and keeps its ports, until it is removed by hand or
 * with `--remove-orphans` (docker/compose pkg/compose/create.go).
 */
export function portsStillHeld({ before, after }: Edit): Affected[] {
  const still = servicesIn(after);
  const [old, fresh] = [projectOf(before), projectOf(after)];
  const held = publicationsIn(before)
    .filter(({ service }) => old !== fresh || !still.has(service))
    .map((one) => ({ ...one, cause: old === fresh ? `service:${one.service}` : `project:${old}` }));
  return publicationsIn(after).flatMap(({ service, published, everywhere }) =>
    held
      .filter((one) => one.everywhere === everywhere)
      // One port on two addresses is two ports, unless one of the two is every address.
      .filter((one) => [one.published, everywhere].includes(published) || one.published === everywhere)
      .map((one) => affected(service, one.cause, 'port-still-held')),
  );
}
