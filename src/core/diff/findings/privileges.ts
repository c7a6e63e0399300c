import type { Entity, Json } from '../../model/document.ts';
import { fieldOf } from '../references.ts';
import type { Finding } from './codes.ts';
import { fieldIn, finding, type Pair, type Rule, textOf } from './pair.ts';

/** What a container may do to its host that it could not do before. */
export const privilegeFindings: Rule = (pair) => {
  const field = fieldIn(pair)?.field;
  if (field === undefined) return [];
  const { before, after, path } = pair;
  if ((before ?? after)?.kind === 'mount') return mount(before, after);
  if (path.at(-1) === 'privileged' && after?.value === true) {
    return before?.value === true
      ? []
      : finding('privileged', path.length === 3 ? 'it may do whatever the host may' : `in ${field}`);
  }
  const rule = fieldRules.get(field);
  return rule === undefined ? [] : rule(pair);
};

const fieldRules: ReadonlyMap<string, (pair: Pair) => Finding[]> = new Map<string, (pair: Pair) => Finding[]>(
  [
    [
      'cap_add',
      ({ before, after, path }) =>
        path.length === 4 && after && !before ? finding('capability-added', `${path[3]}`) : [],
    ],
    [
      'cap_drop',
      ({ before, after, path }) =>
        path.length === 4 && before && !after
          ? finding('capability-added', `${path[3]} is no longer dropped`)
          : [],
    ],
    [
      'device_cgroup_rules',
      ({ before, after, path }) =>
        path.length === 4 && after && !before ? finding('device-added', `${path[3]}`) : [],
    ],
    ['devices', device],
    ['pid', namespace],
    ['ipc', namespace],
    ['uts', namespace],
    ['cgroup', namespace],
    ['userns_mode', namespace],
    ['security_opt', security],
    [
      'read_only',
      ({ before, after }) =>
        before?.value === true && after?.value !== true
          ? finding('mount-writable', 'its own file system')
          : [],
    ],
    ['user', user],
    [
      'use_api_socket',
      ({ after }) => (after?.value === true ? finding('docker-socket', 'use_api_socket') : []),
    ],
    [
      'group_add',
      ({ before, after, path }) =>
        path.length === 4 && after && !before && /^(?:0|root|docker|wheel|sudo|disk)$/.test(path[3] ?? '')
          ? finding('root-user', `in the group ${path[3]}`)
          : [],
    ],
  ],
);

function device({ before, after, path }: Pair): Finding[] {
  if (after === undefined || path.length !== 4) return [];
  if (before === undefined) return finding('device-added', after.label);
  const gains = [...String(fieldOf(after, 'permissions') ?? '')].some(
    (right) => !String(fieldOf(before, 'permissions') ?? '').includes(right),
  );
  return gains || fieldOf(before, 'source') !== fieldOf(after, 'source')
    ? finding('device-added', after.label)
    : [];
}

function namespace({ before, after, path }: Pair): Finding[] {
  const isHost = textOf(after) === 'host' && textOf(before) !== 'host';
  return path.length === 3 && isHost ? finding('host-namespace', `${path[2]}: host`) : [];
}

function security({ before, after, path }: Pair): Finding[] {
  if (path.length !== 4) return [];
  const option = path[3] ?? '';
  const isLoose = /unconfined|^label[:=]disable|^no-new-privileges[:=]false|^systempaths[:=]/.test(option);
  if (before === undefined && after !== undefined && isLoose) return finding('security-weakened', option);
  return before !== undefined && after === undefined && !isLoose
    ? finding('security-weakened', `without ${option}`)
    : [];
}

function user({ before, after, path }: Pair): Finding[] {
  if (path.length !== 3) return [];
  const isRoot = (said: string | undefined) => said !== undefined && /^(?:0|root)(?::|$)/.test(said);
  if (isRoot(textOf(after)))
    return isRoot(textOf(before)) ? [] : finding('root-user', `user ${textOf(after)}`);
  const gaveUp = after === undefined && before !== undefined && !isRoot(textOf(before));
  return gaveUp ? finding('root-user', `no longer ${before.label}`) : [];
}

function mount(before: Entity | undefined, after: Entity | undefined): Finding[] {
  if (after === undefined) return [];
  const [from, to] = [hostPath(before), hostPath(after)];
  const found: Finding[] = [];
  const isWider =
    fieldOf(after, 'read_only') !== true && (before === undefined || fieldOf(before, 'read_only') === true);
  if (to !== undefined && (to !== from || isWider)) {
    if (sockets.test(to)) found.push(...finding('docker-socket', to));
    else if (systemFolders.test(to)) found.push(...finding('host-mount', to));
  }
  if (before !== undefined && isWider)
    found.push(...finding('mount-writable', String(fieldOf(after, 'target') ?? '')));
  return found;
}

function hostPath(mount: Entity | undefined): string | undefined {
  const source: Json | undefined =
    mount && fieldOf(mount, 'type') === 'bind' ? fieldOf(mount, 'source') : undefined;
  return typeof source === 'string' ? source : undefined;
}

const sockets = /(?:docker|podman|containerd|crio|cri-dockerd)(?:\.raw)?\.sock$|docker_engine$/;

/** The root, what the system is made of, and where the engine and the people keep their own. */
const systemFolders =
  /^(?:\/|\/(?:boot|dev|etc|lib|lib64|proc|run|sbin|bin|sys|usr|home|var)|\/var\/(?:run|lib|log)|\/var\/lib\/(?:docker|containerd|kubelet)(?:\/.*)?|\/etc\/(?:passwd|shadow|sudoers|ssh|cron|systemd).*|\/root(?:\/.*)?|~|~\/\.(?:ssh|aws|docker|kube).*|[A-Za-z]:[\\/]?)$/;
