import type { Entity } from '../../model/document.ts';
import type { Affected } from '../reasons.ts';
import { volumeOf } from '../references.ts';
import { dependenciesIn, dependentsIn, networksOf, servicesIn } from '../relations.ts';
import { affected, type Edit, namesIn } from './edit.ts';

/** A container is made anew with the one whose namespace or volumes it shares (reconcile.go mustRecreate). */
export function madeAnewWith({ after, recreated }: Edit): Affected[] {
  const dependents = dependentsIn(after);
  const found: Affected[] = [];
  const queue = namesIn(recreated, 'service');
  const seen = new Set(queue);
  for (let at = 0; at < queue.length; at++) {
    const cause = queue[at] ?? '';
    for (const { from, kind } of dependents.get(cause) ?? []) {
      if ((kind !== 'namespace' && kind !== 'volumes_from') || seen.has(from)) continue;
      seen.add(from);
      queue.push(from);
      found.push(affected(from, `service:${cause}`, 'recreated-with'));
    }
  }
  return found;
}

/** And one that restarts with another is stopped while that one is made anew (reconcile.go). */
export function restartedWith(edit: Edit): Affected[] {
  const anew = new Set([
    ...namesIn(edit.recreated, 'service'),
    ...madeAnewWith(edit).map(({ service }) => service),
  ]);
  return dependenciesIn(edit.after).flatMap(({ from, to, restart }) =>
    restart && anew.has(to) && !anew.has(from) ? [affected(from, `service:${to}`, 'restarted-with')] : [],
  );
}

/** All containers of a network are stopped and taken off it before it is made anew (reconcile.go). */
export function onRecreatedNetworks({ after, recreated }: Edit): Affected[] {
  return namesIn(recreated, 'network').flatMap((network) =>
    [...servicesIn(after).keys()]
      .filter((service) => !recreated.has(`+service:${service}`) && networksOf(after, service).has(network))
      .map((service) => affected(service, `network:${network}`, 'network-recreated')),
  );
}

/** A container that does not mount the volume it should is made anew (reconcile.go hasVolumeMismatch). */
export function onReplacedVolumes({ after, recreated }: Edit): Affected[] {
  return namesIn(recreated, 'volume').flatMap((volume) =>
    [...servicesIn(after)]
      .filter(([name, service]) => !recreated.has(`+service:${name}`) && mountsVolume(service, volume))
      .map(([name]) => affected(name, `volume:${volume}`, 'volume-replaced')),
  );
}

function mountsVolume(service: Entity, volume: string): boolean {
  return [...(service.children.get('volumes')?.children.values() ?? [])].some(
    (mount) => volumeOf(mount) === volume,
  );
}
