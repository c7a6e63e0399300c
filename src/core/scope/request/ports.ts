import { formatAddress, type Path } from '../../model/address.ts';
import { entityAt } from '../../model/document.ts';
import { containerPort } from '../sections.ts';
import type { Group, Item } from './items.ts';
import { nounsIn } from './nouns.ts';
import { type Context, candidates, choices, decide, granted, type Outcome } from './outcome.ts';
import { placed, servicesFor, withoutDeterminers } from './owners.ts';
import { isPort, portsOf, readPort, targetsOf } from './portSpecs.ts';
import { is, type Word } from './words.ts';

/**
 * Reads "expose api on 8080", "publish 8080:80 on nginx", "add port 8080:80 to nginx". The container's port is taken
 * from the one that the service is known to listen on; where it has several or none, the person is asked.
 */
export function readPublish(item: Item, context: Context): Outcome {
  const object = withoutPortNoun(item.object);
  const lone = object.length === 1 ? object[0] : undefined;
  if (lone !== undefined && isPort(lone.text)) return publishSpec(lone.text, item, context);
  const last = object.at(-1);
  if (last !== undefined && isPort(last.text)) {
    const owner: Group = { preposition: 'of', words: object.slice(0, -1) };
    return publishSpec(last.text, { ...item, groups: [...item.groups, owner] }, context);
  }
  return publishService(object, item, context);
}

/** Reads "change port 8000 of api to 8001", "move api to port 8001", "change the api's port to 8001". */
export function readPortChange(item: Item, context: Context): Outcome {
  const place = placed(item, ['of', 'for', 'in']);
  const [to, from, ...tooMany] = [
    ...(place?.groups.filter(({ preposition }) => preposition === 'to') ?? []),
    ...(place?.groups.filter(({ preposition }) => preposition === 'from') ?? []),
  ];
  if (place === undefined || to === undefined || tooMany.length > 0) return undefined;
  const wanted = portIn(to.words);
  const object = withoutDeterminers(place.object);
  const saysPort = [...object, ...to.words, ...(from?.words ?? [])].some((word) => is(word, 'port'));
  if (wanted === undefined || !saysPort || place.groups.length !== (from === undefined ? 1 : 2))
    return undefined;
  const words = withoutPortNoun(object);
  const number = words.find(({ text }) => isPort(text));
  const name = words.filter((word) => word !== number);
  if (place.owner !== undefined && name.length > 0) return undefined;
  const old = number?.text ?? (from && portIn(from.words));
  if (from !== undefined && old === undefined) return undefined;
  const owner = place.owner ?? name;
  const services = owner.length > 0 ? servicesFor(owner, context).paths : allServices(context);
  const ports = services.flatMap((service) =>
    old === undefined ? allPorts(service, context) : portsOf(service, old, context.document),
  );
  const paths = ports.map((path) => [...path.slice(0, -1), containerPort(path.at(-1) ?? '')]);
  const unique = paths.filter(
    (path, index) => paths.findIndex((other) => other.join() === path.join()) === index,
  );
  return decide('change', { paths: unique, isEach: false });
}

/** Reads "unpublish redis": its only port, or the one that is named. */
export function readUnpublish(item: Item, context: Context): Outcome {
  const place = placed(item, ['of', 'from', 'on', 'for', 'in']);
  if (place === undefined || place.groups.length > 0 || place.field !== undefined) return undefined;
  const words = withoutPortNoun(place.object);
  const number = words.find(({ text }) => isPort(text));
  const name = words.filter((word) => word !== number);
  if (place.owner !== undefined && name.length > 0) return undefined;
  const owner = place.owner ?? name;
  if (owner.length === 0 && number === undefined) return undefined;
  const services = owner.length > 0 ? servicesFor(owner, context).paths : allServices(context);
  const ports = services.flatMap((service) =>
    number === undefined ? allPorts(service, context) : portsOf(service, number.text, context.document),
  );
  return decide('remove', { paths: ports, isEach: false });
}

/** A whole publication is granted as it is; of a lone number it is not said which side it is. */
function publishSpec(text: string, item: Item, context: Context): Outcome {
  const place = placed(
    item,
    ['on', 'of', 'for', 'from', 'in', 'to'].filter((word) => !namesPort(item, word)),
  );
  const spec = readPort(text);
  if (place?.owner === undefined || spec === undefined || place.field !== undefined) return undefined;
  const services = servicesFor(place.owner, context).paths;
  const [group, ...tooMany] = place.groups;
  const other = group && portIn(group.words);
  if (tooMany.length > 0 || (group !== undefined && other === undefined)) return undefined;
  if (other !== undefined)
    return spec.published === undefined ? mapped(text, group, other, services) : undefined;
  if (spec.published !== undefined) return add(services, spec.published, [spec.target]);
  const number = text.split('/')[0] ?? text;
  const known = services.flatMap((service) => targetsOf(service, context.document));
  if (known.length === 1 && known[0] === spec.target) return add(services, number, known);
  // "Open port 9000 on api" may mean the host's 9000 or the container's: both are offered, none is taken.
  return candidates('add', paths(services, number, [...known, spec.target]));
}

/** "map port 8080 to 80 in nginx" goes from host to container, "publish port 80 of nginx on 8080" the other way. */
function mapped(
  text: string,
  group: { readonly preposition: string } | undefined,
  other: string,
  services: readonly Path[],
): Outcome {
  const isHostFirst = group?.preposition === 'to';
  const [host, container] = isHostFirst ? [text, other] : [other, text];
  const target = readPort(container);
  return target === undefined || target.published !== undefined
    ? undefined
    : add(services, host, [target.target]);
}

function publishService(object: readonly Word[], item: Item, context: Context): Outcome {
  const [group, second] = item.groups;
  const isInstead = second?.preposition === 'of' && group?.words.at(-1)?.lower === 'instead';
  if (group === undefined || !['on', 'at', 'as', 'to', 'via'].includes(group.preposition)) return undefined;
  if (item.groups.length > (isInstead ? 2 : 1)) return undefined;
  const words = group.words.filter((word) => !is(word, 'instead'));
  const host = portIn(words);
  const services = servicesFor(object, context).paths;
  if (host === undefined || services.length === 0) return undefined;
  if (words.length < group.words.length) return moveTo(services, second && portIn(second.words), context);
  const spec = readPort(host);
  if (spec?.published !== undefined && /^\d+$/.test(spec.published))
    return add(services, spec.published, [spec.target]);
  const [number = host, protocol] = host.split('/');
  const wanted = (service: Path) =>
    targetsOf(service, context.document).filter(
      (target) => protocol === undefined || target.endsWith(`/${protocol}`),
    );
  const [service, ...others] = services;
  if (service !== undefined && others.length === 0) return add(services, number, wanted(service));
  return {
    candidates: services.map((one) => ({
      address: formatAddress(one),
      grants: choices(candidates('add', paths([one], number, wanted(one)))).flatMap(({ grants }) => grants),
    })),
  };
}

/** Published otherwise instead of as before: the port that there is changes. */
function moveTo(services: readonly Path[], old: string | undefined, context: Context): Outcome {
  const ports = services.flatMap((service) =>
    old === undefined ? allPorts(service, context) : portsOf(service, old, context.document),
  );
  const changed = ports.map((path) => [...path.slice(0, -1), containerPort(path.at(-1) ?? '')]);
  return decide('change', { paths: changed, isEach: false });
}

function add(services: readonly Path[], published: string, targets: readonly string[]): Outcome {
  const all = paths(services, published, targets);
  return all.length === 1 ? granted('add', ...all) : candidates('add', all);
}

function paths(services: readonly Path[], published: string, targets: readonly string[]): Path[] {
  return services.flatMap((path) => targets.map((target) => [...path, 'ports', `${published}:${target}`]));
}

function namesPort(item: Item, preposition: string): boolean {
  return item.groups.some((group) => group.preposition === preposition && portIn(group.words) !== undefined);
}

/** The port that is all a few words say: "port 8080", "8080", "host port 127.0.0.1:8080". */
function portIn(words: readonly Word[]): string | undefined {
  const [word, ...more] = withoutPortNoun(words);
  if (word === undefined || more.length > 0) return undefined;
  const isHost = /^(?:\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.test(word.text);
  return isHost || isPort(word.text) ? word.text : undefined;
}

function withoutPortNoun(words: readonly Word[]): readonly Word[] {
  const plain = withoutDeterminers(words);
  const noun = nounsIn(plain).find(({ kind }) => kind === 'port');
  return noun === undefined ? plain : [...plain.slice(0, noun.start), ...plain.slice(noun.end)];
}

function allServices({ document }: Context): Path[] {
  return [...(entityAt(document, ['services'])?.children.values() ?? [])].map(({ path }) => path);
}

function allPorts(service: Path, { document }: Context): Path[] {
  return [...(entityAt(document, [...service, 'ports'])?.children.values() ?? [])].map(({ path }) => path);
}
