import { type Document, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { isNode, isText, isUnmarked, listOf, mapOf, plain, quoted, textsOf } from './nodes.ts';
import { reprinted } from './reprinted.ts';
import type { Rewrite } from './rewrites.ts';

/** Writes the value of a field in another form that Compose takes for the same; `undefined` where it has none. */
type Convert = (node: Node) => Node | undefined;

/** Each short form of the Compose specification in its long form, and back (compose-go transform/, types/). */
export const forms: readonly Rewrite[] = [
  form('environment as a mapping', 'environment', pairsAsMap),
  form('environment as a list', 'environment', mapAsPairs),
  form('labels as a mapping', 'labels', pairsAsMap),
  form('labels as a list', 'labels', mapAsPairs),
  form('sysctls as a list', 'sysctls', mapAsPairs),
  form('sysctls as a mapping', 'sysctls', pairsAsMap),
  form('build arguments as a list', 'build.args', mapAsPairs),
  form('build arguments as a mapping', 'build.args', pairsAsMap),
  form('depends_on as a mapping', 'depends_on', (node) =>
    namesAsMap(node, () => mapOf({ condition: plain('service_started') })),
  ),
  form('depends_on in full', 'depends_on', (node) =>
    namesAsMap(node, () =>
      mapOf({ condition: plain('service_started'), required: plain('true'), restart: plain('false') }),
    ),
  ),
  form('networks as a mapping', 'networks', (node) => namesAsMap(node, () => plain('~'))),
  form('networks as a mapping of empty mappings', 'networks', (node) => namesAsMap(node, () => mapOf({}))),
  form('ports in full', 'ports', (node) => eachItem(node, longPort)),
  form('ports with their protocol', 'ports', (node) =>
    eachItem(node, (text) => (/^[\d:.]+$/.test(text) ? quoted(`${text}/tcp`) : undefined)),
  ),
  form('mounts in full', 'volumes', (node) => eachItem(node, longMount)),
  form('mounts that say that they may be written', 'volumes', (node) =>
    eachItem(node, (text) =>
      /^[\w./~-]+:\/[\w./-]+$/.test(text) && !/^[A-Za-z]:/.test(text) ? quoted(`${text}:rw`) : undefined,
    ),
  ),
  form('env_file as a list', 'env_file', asList),
  form('env_file in full', 'env_file', (node) =>
    eachItem(isScalar(node) ? listOf([node]) : node, (path) =>
      mapOf({ path: quoted(path), required: plain('true') }),
    ),
  ),
  form('build in full', 'build', (node) =>
    isText(node) ? mapOf({ context: node, dockerfile: plain('Dockerfile') }) : undefined,
  ),
  form('command as a list', 'command', wordsAsList),
  form('entrypoint as a list', 'entrypoint', wordsAsList),
  form('a shell check as a list', 'healthcheck.test', (node) =>
    isText(node) ? listOf([plain('CMD-SHELL'), node]) : undefined,
  ),
  form('dns as a list', 'dns', asList),
  form('tmpfs as a list', 'tmpfs', asList),
  form('extra hosts as a mapping', 'extra_hosts', hostsAsMap),
  form('extra hosts with an equals sign', 'extra_hosts', (node) =>
    eachItem(node, (text) => (/^[\w.-]+:[\w.-]+$/.test(text) ? quoted(text.replace(':', '=')) : undefined)),
  ),
  form('one limit as two', 'ulimits.nofile', (node) =>
    isScalar(node) && /^\d+$/.test(String(node.value))
      ? mapOf({ soft: node, hard: node.clone() as Node })
      : undefined,
  ),
  form('secrets in full', 'secrets', (node) =>
    eachItem(node, (name) => mapOf({ source: quoted(name), target: quoted(`/run/secrets/${name}`) })),
  ),
  form('configs in full', 'configs', (node) =>
    eachItem(node, (name) => mapOf({ source: quoted(name), target: quoted(`/${name}`) })),
  ),
  form('seconds as minutes', 'healthcheck.interval', (node) => duration(node)),
  form('times of a health check in full', 'healthcheck.timeout', (node) => duration(node)),
  form('an image with its registry', 'image', (node) =>
    isText(node) && /^[a-z]\w*:\w[\w.-]*$/.test(String(node.value))
      ? quoted(`docker.io/library/${node.value}`)
      : undefined,
  ),
  form('ports in another order', 'ports', reversed),
  form('mounts in another order', 'volumes', reversed),
  form('names of networks in another order', 'networks', reversed),
  form('dependencies in another order', 'depends_on', reversed),
  form('capabilities in another order', 'cap_add', reversed),
  form('a policy by its other name', 'pull_policy', (node) =>
    isText(node) && node.value === 'missing' ? plain('if_not_present') : undefined,
  ),
  form('what is there anyway', 'image', undefined, (service) => {
    for (const [name, value] of [
      ['privileged', 'false'],
      ['tty', 'false'],
      ['read_only', 'false'],
    ] as const)
      if (!service.has(name)) service.set(plain(name), plain(value));
  }),
  form('sections that hold nothing', 'image', undefined, (service) => {
    for (const name of ['ports', 'cap_add', 'dns', 'expose'])
      if (!service.has(name)) service.set(plain(name), listOf([]));
  }),
  form('keys that mean nothing', 'image', undefined, (service) => {
    if (!service.has('x-remark')) service.set(plain('x-remark'), mapOf({ a: quoted('b') }));
  }),
];

/** Converts a field of every service that merges and extends nothing. */
function form(
  name: string,
  field: string,
  convert: Convert | undefined,
  change?: (service: YAMLMap) => void,
): Rewrite {
  const path = field.split('.');
  return {
    name,
    rewrite: (text) => {
      let count = 0;
      const printed = reprinted(text, (document) => {
        for (const service of plainServices(document)) {
          if (change !== undefined && service.has(field)) {
            change(service);
            count++;
          }
          const node = path.reduce<unknown>(
            (holder, part) => (isMap(holder) ? holder.get(part, true) : undefined),
            service,
          );
          const other = convert !== undefined && isNode(node) && isUnmarked(node) ? convert(node) : undefined;
          if (other === undefined) continue;
          service.setIn(path, other);
          count++;
        }
      });
      return count === 0 ? undefined : printed;
    },
  };
}

/** In a file with anchors, `extends` or tags other rules decide which form a value is in. */
function plainServices(document: Document): YAMLMap[] {
  const services = document.get('services');
  if (!isMap(services) || /[&*]\w|!re|!over|extends/.test(String(document.toString()))) return [];
  return services.items.map(({ value }) => value).filter((value): value is YAMLMap => isMap(value));
}

function pairsAsMap(node: Node): Node | undefined {
  const texts = textsOf(node);
  const names = texts?.map((text) => text.split('=')[0] ?? '');
  if (
    texts === undefined ||
    new Set(names).size < texts.length ||
    !texts.every((text) => /^[\w.-]+=/.test(text))
  )
    return undefined;
  return mapOf(
    Object.fromEntries(
      texts.map((text) => [text.slice(0, text.indexOf('=')), quoted(text.slice(text.indexOf('=') + 1))]),
    ),
  );
}

function mapAsPairs(node: Node): Node | undefined {
  if (!isMap(node) || node.items.length === 0) return undefined;
  const pairs = node.items.map(({ key, value }) =>
    isScalar(key) &&
    isText(value) &&
    /^[\w.-]+$/.test(String(key.value)) &&
    isUnmarked(value) &&
    !String(value.value).includes('\n')
      ? quoted(`${key.value}=${value.value}`)
      : undefined,
  );
  return pairs.includes(undefined) ? undefined : listOf(pairs.filter((pair) => pair !== undefined));
}

function namesAsMap(node: Node, value: () => Node): Node | undefined {
  const names = textsOf(node);
  if (
    names === undefined ||
    new Set(names).size < names.length ||
    !names.every((name) => /^[A-Za-z][\w.-]*$/.test(name))
  )
    return undefined;
  return mapOf(Object.fromEntries(names.map((name) => [name, value()])));
}

/** Every item that can be converted, converted. */
function eachItem(node: Node, convert: (text: string) => Node | undefined): Node | undefined {
  const texts = textsOf(node);
  if (!isSeq(node) || texts === undefined || new Set(texts).size < texts.length) return undefined;
  const items = texts.map((text, index) => convert(text) ?? (node.items[index] as Node));
  return items.every((item, index) => item === node.items[index]) ? undefined : listOf(items);
}

function longPort(text: string): Node | undefined {
  const [, host, published, target, protocol = 'tcp'] =
    /^(?:(\d+\.\d+\.\d+\.\d+):)?(?:(\d+):)?(\d+)(?:\/(tcp|udp))?$/.exec(text) ?? [];
  if (target === undefined || (host !== undefined && published === undefined)) return undefined;
  return mapOf({
    target: plain(target),
    ...(published !== undefined && { published: quoted(published) }),
    ...(host !== undefined && { host_ip: quoted(host) }),
    protocol: plain(protocol),
    mode: plain('ingress'),
  });
}

function longMount(text: string): Node | undefined {
  const [, source, target, option] = /^([\w./~-]+):(\/[\w./-]+)(?::(ro|rw))?$/.exec(text) ?? [];
  if (source === undefined || target === undefined || source.length === 1) return undefined;
  const isBind = /^[./~]/.test(source);
  return mapOf({
    type: plain(isBind ? 'bind' : 'volume'),
    source: quoted(source),
    target: quoted(target),
    ...(option === 'ro' && { read_only: plain('true') }),
    ...(isBind && { bind: mapOf({ create_host_path: plain('true') }) }),
  });
}

function asList(node: Node): Node | undefined {
  return isText(node) || (isScalar(node) && /^\d+\.\d+\.\d+\.\d+$/.test(String(node.value)))
    ? listOf([node])
    : undefined;
}

/** Only words that no shell would look into. */
function wordsAsList(node: Node): Node | undefined {
  if (!isText(node) || !/^[\w./:=,@-]+(?: [\w./:=,@-]+)*$/.test(String(node.value))) return undefined;
  return listOf(String(node.value).split(' ').map(quoted));
}

function hostsAsMap(node: Node): Node | undefined {
  const texts = textsOf(node);
  if (texts === undefined || !texts.every((text) => /^[\w.-]+:[\w.-]+$/.test(text))) return undefined;
  const pairs = texts.map((text) => text.split(':') as [string, string]);
  return new Set(pairs.map(([name]) => name)).size < pairs.length
    ? undefined
    : mapOf(Object.fromEntries(pairs.map(([name, address]) => [name, quoted(address)])));
}

/** `90s` is `1m30s`, and `10s` is `10000ms`. */
function duration(node: Node): Node | undefined {
  const seconds = isScalar(node) ? /^(\d+)s$/.exec(String(node.value))?.[1] : undefined;
  if (seconds === undefined) return undefined;
  const whole = Number(seconds);
  return plain(whole > 60 ? `${Math.floor(whole / 60)}m${whole % 60}s` : `${whole}000ms`);
}

function reversed(node: Node): Node | undefined {
  const texts = textsOf(node);
  if (!isSeq(node) || texts === undefined || texts.length < 2) return undefined;
  // Of two that are one to Compose the later counts.
  const targets = texts.map((text) => text.split(':').slice(0, 2).at(-1));
  return new Set(targets).size < texts.length ||
    (new Set(texts.map((text) => text.split(':').at(-1))).size < texts.length &&
      texts.some((text) => /^[\d.]+:.*:/.test(text)))
    ? undefined
    : listOf([...(node.items as Node[])].reverse());
}
