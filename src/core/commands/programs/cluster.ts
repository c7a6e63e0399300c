import type { ClusterAction } from '../effects.ts';
import { hasAny, lastValue, readOptions } from '../options.ts';
import { type Call, nothingKnown, type Program, type Stream, silence } from '../shell.ts';
import { hasHole } from '../value.ts';

/** Programs that change a cluster or an installation elsewhere. */
export const clusterPrograms: readonly (readonly [string, Program])[] = [
  ['kubectl', kubectl],
  ['oc', kubectl],
  ['helm', helm],
  ['terraform', terraform],
  ['tofu', terraform],
];

function noted(
  call: Call,
  tool: ClusterAction['tool'],
  verb: string,
  resources: readonly string[],
  data: boolean,
): Stream {
  const sure = resources.some(hasHole) ? [] : resources;
  call.shell.found.actions.push({ tool, verb, resources: sure, data, text: call.text });
  return silence;
}

const kubectlValues = [
  'n',
  'namespace',
  'context',
  'cluster',
  'kubeconfig',
  'f',
  'filename',
  'k',
  'l',
  'selector',
  'o',
  'output',
  'replicas',
  'grace-period',
  'timeout',
  'cascade',
  'c',
  'server',
  's',
  'token',
  'user',
  'as',
  'field-selector',
];

function kubectl(call: Call): Stream {
  const options = readOptions(call.args, kubectlValues);
  const [verb = '', ...words] = options.operands;
  if (hasAny(options, 'dry-run', 'help')) return nothingKnown;
  const resources = named(words);
  switch (verb) {
    case 'delete':
      return noted(
        call,
        'kubectl',
        verb,
        resources,
        resources.length === 0 || holdsData(words) || hasAny(options, 'all'),
      );
    case 'drain':
      return noted(
        call,
        'kubectl',
        verb,
        words.map((node) => `node/${node}`),
        false,
      );
    case 'scale':
      return lastValue(options, 'replicas') === '0'
        ? noted(call, 'kubectl', verb, resources, false)
        : nothingKnown;
    case 'replace':
      return hasAny(options, 'force') ? noted(call, 'kubectl', verb, resources, false) : nothingKnown;
    case 'apply':
      return hasAny(options, 'prune') ? noted(call, 'kubectl', 'apply --prune', [], true) : nothingKnown;
    case 'rollout':
      return nothingKnown;
    default:
      return nothingKnown;
  }
}

/** `deployment web api`, `deploy/web svc/api`, `pod,svc -l …`. */
function named(words: readonly string[]): string[] {
  const [kind = '', ...names] = words;
  if (words.some((word) => word.includes('/'))) return words.filter((word) => word.includes('/'));
  const kinds = kind.split(',');
  return kind === ''
    ? []
    : kinds.flatMap((one) => (names.length > 0 ? names.map((name) => `${one}/${name}`) : [`${one}/*`]));
}

/** A namespace takes all that is in it; a claim or a volume is the data itself. */
function holdsData(words: readonly string[]): boolean {
  return words.some((word) =>
    /^(?:ns|namespaces?|pvc|pv|persistentvolumes?|persistentvolumeclaims?|all|secrets?|crds?|customresourcedefinitions?)(?:[/,]|$)/i.test(
      word,
    ),
  );
}

function helm(call: Call): Stream {
  const [verb = '', ...names] = readOptions(call.args, [
    'n',
    'namespace',
    'kube-context',
    'kubeconfig',
    'timeout',
  ]).operands;
  if (hasAny(readOptions(call.args), 'dry-run')) return nothingKnown;
  return ['uninstall', 'delete', 'del', 'un'].includes(verb)
    ? noted(
        call,
        'helm',
        'uninstall',
        names.map((name) => `release/${name}`),
        false,
      )
    : nothingKnown;
}

function terraform(call: Call): Stream {
  const args = call.args.filter((arg) => !/^-chdir/.test(arg));
  const [verb = '', ...rest] = args;
  const isDestroy = verb === 'destroy' || (verb === 'apply' && rest.some((arg) => /^--?destroy$/.test(arg)));
  if (isDestroy) return noted(call, 'terraform', 'destroy', [], true);
  if (verb === 'state' && rest[0] === 'rm') return noted(call, 'terraform', 'state rm', rest.slice(1), false);
  return nothingKnown;
}
