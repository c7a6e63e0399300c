import type { ComposeAction } from '../effects.ts';
import { hasAny, lastValue, type Options, readOptions } from '../options.ts';
import { type Call, nothingKnown, type Stream, silence } from '../shell.ts';
import { unknownContent, write } from '../touch.ts';
import { hasHole, resolvePath, type Value } from '../value.ts';

const globalValues = [
  'f',
  'file',
  'p',
  'project-name',
  'profile',
  'project-directory',
  'env-file',
  'ansi',
  'progress',
  'parallel',
  'H',
  'host',
  'c',
  'context',
  'log-level',
];

/** `docker compose …`: what takes something away from a running project, or may. The rest reads, starts or builds. */
export function compose(call: Call): Stream {
  const { shell } = call;
  const globals = readOptions(call.args, globalValues, true);
  const [verb = '', ...args] = globals.operands;
  const options = readOptions(args, valuesOf(verb));
  if (hasAny(options, 'dry-run', 'help', 'h') || hasAny(globals, 'dry-run', 'help')) return nothingKnown;
  if (verb === 'config' || verb === 'convert') return printedConfig(call, options);
  if (verb === 'exec' || verb === 'run') return nothingKnown;
  if (!concerns(verb, options) && !startsOther(call, verb, globals)) return nothingKnown;
  for (const folder of shell.cwds) shell.found.actions.push(action(call, verb, globals, options, folder));
  return silence;
}

/** `-s` is the signal of `kill` and stops in `rm`. */
function valuesOf(verb: string): readonly string[] {
  switch (verb) {
    case 'config':
    case 'convert':
      return ['o', 'output', 'format', 'hash'];
    case 'kill':
      return ['s', 'signal'];
    case 'rm':
      return [];
    default:
      return [
        't',
        'timeout',
        'scale',
        'rmi',
        'exit-code-from',
        'attach',
        'no-attach',
        'pull',
        'wait-timeout',
      ];
  }
}

function concerns(verb: string, options: Options): boolean {
  switch (verb) {
    case 'down':
    case 'rm':
    case 'stop':
    case 'kill':
    case 'pause':
      return true;
    case 'up':
    case 'create':
      // Plain `up` starts what the file says. It removes something only when it is told to, or scaled down to nothing.
      return (
        hasAny(options, 'remove-orphans', 'V', 'renew-anon-volumes', 'y', 'yes') ||
        scaledAway(options).length > 0
      );
    case 'scale':
      return options.operands.some((operand) => /=0$/.test(operand));
    default:
      return false;
  }
}

/** Files that nobody accepted, in the place of those that somebody did. */
function startsOther(call: Call, verb: string, globals: Options): boolean {
  if (verb !== 'up' && verb !== 'create') return false;
  const { context, cwds } = call.shell;
  const files = filesOf(call, globals).flatMap((file) => cwds.map((cwd) => resolvePath(cwd, file)));
  if (files.some((file) => !context.isProtected(file))) return true;
  return (
    files.length === 0 && projectOf(call, globals) !== undefined && cwds.some((cwd) => cwd !== context.cwd)
  );
}

function projectOf(call: Call, globals: Options): Value | undefined {
  return lastValue(globals, 'p', 'project-name') ?? variable(call, 'COMPOSE_PROJECT_NAME');
}

function scaledAway(options: Options): string[] {
  return (options.values.get('scale') ?? [])
    .filter((scale) => /=0$/.test(scale))
    .map((scale) => scale.replace(/=0$/, ''));
}

function action(call: Call, verb: string, globals: Options, options: Options, cwd: string): ComposeAction {
  const project = projectOf(call, globals);
  const directory = lastValue(globals, 'project-directory');
  const folder = directory === undefined ? cwd : resolvePath(cwd, directory);
  const away =
    verb === 'scale' ? options.operands.map((operand) => operand.replace(/=\d+$/, '')) : scaledAway(options);
  const isRemoval = away.length > 0;
  return {
    tool: 'compose',
    verb: isRemoval ? 'scale' : verb,
    files: filesOf(call, globals).map((file) => (file === '-' ? file : resolvePath(cwd, file))),
    folder,
    project: project === undefined || hasHole(project) ? undefined : project,
    profiles: [
      ...(globals.values.get('profile') ?? []),
      ...(variable(call, 'COMPOSE_PROFILES') ?? '').split(','),
    ].filter(isPlain),
    services: isRemoval ? away : options.operands.some(hasHole) ? [] : options.operands,
    volumes: hasAny(options, 'v', 'volumes'),
    removeOrphans: hasAny(options, 'remove-orphans'),
    renewVolumes: hasAny(options, 'V', 'renew-anon-volumes'),
    yes: hasAny(options, 'y', 'yes'),
    text: call.text,
  };
}

function isPlain(name: string): boolean {
  return name !== '' && !hasHole(name);
}

/** `-f` given, or several paths in `COMPOSE_FILE`. */
function filesOf(call: Call, globals: Options): Value[] {
  const given = [...(globals.values.get('f') ?? []), ...(globals.values.get('file') ?? [])];
  const files = given.length > 0 ? given : (variable(call, 'COMPOSE_FILE') ?? '').split(/[:;]/);
  return files.filter(isPlain);
}

function variable({ shell }: Call, name: string): Value | undefined {
  return shell.variables.get(name)?.at(-1)?.at(-1);
}

function printedConfig({ shell, name }: Call, options: Options): Stream {
  const target = lastValue(options, 'o', 'output');
  const content = unknownContent(`${name} prints the whole project into it`);
  if (target !== undefined) write(shell, target, content, `${name} config -o`);
  return nothingKnown;
}
