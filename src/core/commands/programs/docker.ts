import type { DockerAction } from '../effects.ts';
import { hasAny, lastValue, type Options, readOptions, splitOnce } from '../options.ts';
import { type Call, inFolders, nothingKnown, type Program, type Stream, silence } from '../shell.ts';
import { unknownContent, write } from '../touch.ts';
import { baseName, hasHole, resolvePath, type Value } from '../value.ts';
import { compose } from './compose.ts';

export const dockerPrograms: readonly (readonly [string, Program])[] = [
  ['docker', docker],
  ['podman', docker],
  ['nerdctl', docker],
  ['docker-compose', compose],
  ['podman-compose', compose],
];

const globalValues = [
  'H',
  'host',
  'c',
  'context',
  'config',
  'l',
  'log-level',
  'tlscacert',
  'tlscert',
  'tlskey',
  'n',
  'namespace',
  'connection',
  'url',
];

function docker(call: Call): Stream {
  const { operands } = readOptions(call.args, globalValues, true);
  const [first = '', ...rest] = operands;
  const inner = { ...call, args: rest };
  switch (first) {
    case 'compose':
      return compose(inner);
    case 'rm':
      return act(call, 'container rm', rest);
    case 'stop':
    case 'kill':
    case 'pause':
      return act(call, 'container stop', rest);
    case 'container':
    case 'volume':
    case 'network':
    case 'system':
    case 'stack':
    case 'service':
    case 'builder':
      return managed(inner, first);
    case 'run':
    case 'exec':
      return within(inner, first);
    case 'cp':
      return copied(inner);
    default:
      return nothingKnown;
  }
}

function managed(call: Call, kind: string): Stream {
  const [verb = '', ...rest] = call.args;
  const inner = { ...call, args: rest };
  const found = verbOf(`${kind} ${verb}`);
  if (found !== undefined) return act(call, found, rest);
  if (kind === 'container' && (verb === 'run' || verb === 'exec')) return within(inner, verb);
  return kind === 'container' && verb === 'cp' ? copied(inner) : nothingKnown;
}

/** `remove` is a name for `rm`, and so is `down` for a stack (docker/cli cli/command/stack/remove.go). */
function verbOf(words: string): DockerAction['verb'] | undefined {
  switch (words.replace(/ (?:remove|down)$/, ' rm').replace(/ (?:kill|pause)$/, ' stop')) {
    case 'container rm':
      return 'container rm';
    case 'container stop':
      return 'container stop';
    case 'container prune':
      return 'container prune';
    case 'volume rm':
      return 'volume rm';
    case 'volume prune':
      return 'volume prune';
    case 'network rm':
      return 'network rm';
    case 'network prune':
      return 'network prune';
    case 'system prune':
      return 'system prune';
    case 'stack rm':
      return 'stack rm';
    case 'service rm':
      return 'service rm';
    default:
      return undefined;
  }
}

function act({ shell, text }: Call, verb: DockerAction['verb'], args: readonly Value[]): Stream {
  const options = readOptions(args, ['filter', 't', 'time', 's', 'signal', 'timeout']);
  if (hasAny(options, 'help')) return nothingKnown;
  const isSure = options.operands.length > 0 && !options.operands.some(hasHole);
  const names = isSure ? options.operands : [];
  shell.found.actions.push({ tool: 'docker', verb, names, volumes: hasAny(options, 'v', 'volumes'), text });
  return silence;
}

const runValues = [
  'v',
  'volume',
  'w',
  'workdir',
  'e',
  'env',
  'env-file',
  'p',
  'publish',
  'name',
  'network',
  'net',
  'u',
  'user',
  'entrypoint',
  'mount',
  'h',
  'hostname',
  'l',
  'label',
  'm',
  'memory',
  'cpus',
  'platform',
  'restart',
  'add-host',
  'pull',
  'link',
  'device',
  'shm-size',
  'cap-add',
  'cap-drop',
  'security-opt',
  'volumes-from',
  'gpus',
  'tmpfs',
  'dns',
  'ip',
  'log-driver',
  'log-opt',
];

/** A container that has a folder of this machine in it can write there. */
function within(call: Call, verb: string): Stream {
  const options = readOptions(call.args, runValues, true);
  const [image = '', ...words] = options.operands;
  const mounts = verb === 'run' ? mountsIn(options) : [];
  const [cwd = '/'] = call.shell.cwds;
  if (mounts.length === 0) return nothingKnown;
  const place = lastValue(options, 'w', 'workdir') ?? mounts[0]?.inside ?? '/';
  const mapped = words.map((word) => (word.startsWith('/') ? (outside(word, mounts, cwd) ?? word) : word));
  // An image that is made for one program has that program's name; its own entry point is not known here.
  const isProgram = /^-/.test(words[0] ?? '') || imageIsProgram(image);
  const program = lastValue(options, 'entrypoint') ?? (isProgram ? imageName(image) : undefined);
  inFolders(call.shell, [outside(place, mounts, cwd) ?? '/container'], () =>
    call.run(program === undefined ? mapped : [program, ...mapped]),
  );
  return nothingKnown;
}

function imageName(image: string): string {
  return baseName(image).replace(/[:@].*$/, '');
}

function imageIsProgram(image: string): boolean {
  return /^(?:yq|jq|prettier|sops|terraform|kubectl|helm)$/.test(imageName(image));
}

interface Mount {
  readonly source: Value;
  readonly inside: string;
}

function mountsIn(options: Options): Mount[] {
  const short = [...(options.values.get('v') ?? []), ...(options.values.get('volume') ?? [])].flatMap(
    (text) => {
      const [source = '', inside = '', mode = ''] = text.split(':');
      return inside.startsWith('/') && /^[./~\uE003]/.test(source) && !/\bro\b/.test(mode)
        ? [{ source, inside }]
        : [];
    },
  );
  const long = (options.values.get('mount') ?? []).flatMap((text) => {
    const fields = new Map(text.split(',').map((field) => splitOnce(field, '=')));
    const source = fields.get('source') ?? fields.get('src');
    const inside = fields.get('target') ?? fields.get('dst') ?? fields.get('destination');
    const isReadOnly = fields.has('readonly') || fields.has('ro');
    return source === undefined || inside === undefined || isReadOnly ? [] : [{ source, inside }];
  });
  return [...short, ...long];
}

/** Where a path within a container is on this machine. */
function outside(path: string, mounts: readonly Mount[], cwd: string): string | undefined {
  const mount = mounts.find(
    ({ inside }) => path === inside || path.startsWith(`${inside.replace(/\/$/, '')}/`),
  );
  if (mount === undefined) return undefined;
  return resolvePath(cwd, `${mount.source}/${path.slice(mount.inside.length)}`);
}

/** `docker cp container:/path file` brings a file out of a container. */
function copied({ shell, args }: Call): Stream {
  const [source = '', target = ''] = readOptions(args).operands;
  if (!/^[^/.]+:/.test(source) || /^[^/.]+:/.test(target)) return nothingKnown;
  const content = unknownContent('it comes out of a container');
  write(shell, target, content, 'docker cp');
  write(shell, `${target.replace(/\/+$/, '')}/${baseName(source)}`, content, 'docker cp');
  return silence;
}
