import { hasAny, lastValue, readOptions } from '../options.ts';
import { type Call, inFolders, nothingKnown, type Program, type Stream, silence } from '../shell.ts';
import { protectedAt, protectedBelow, remove, textOf, unknownContent, write } from '../touch.ts';
import { hole, resolvePath, type Value } from '../value.ts';
import { anyFile, filesInPatch } from './inPlace.ts';

export const gitPrograms: readonly (readonly [string, Program])[] = [
  ['git', git],
  [
    'gh',
    (call) =>
      call.args[0] === 'pr' && call.args[1] === 'checkout' ? accepted(call, 'pr checkout', []) : nothingKnown,
  ],
  ['git-filter-repo', (call) => accepted(call, 'filter-repo', [])],
];

/** `alias.x '!command'`: git runs it as soon as somebody says its name. */
function runAlias(call: Call, setting: string): void {
  const command = /^alias\.\S+ !([\s\S]+)$/i.exec(setting)?.[1];
  if (command !== undefined) call.runText(command);
}

type Verb = (call: Call, verb: string) => Stream;

function git(call: Call): Stream {
  const { shell } = call;
  const options = readOptions(
    call.args,
    ['C', 'c', 'git-dir', 'work-tree', 'namespace', 'config-env', 'exec-path'],
    true,
  );
  const [verb = '', ...args] = options.operands;
  for (const setting of options.values.get('c') ?? []) {
    runAlias(call, setting.replace('=', ' '));
    if (/^core\.hookspath=/i.test(setting))
      shell.found.tampering.push({ what: 'hooks-skipped', text: call.text });
  }
  const folders = [...(options.values.get('C') ?? []), ...(options.values.get('work-tree') ?? [])];
  const elsewhere = folders.reduce<readonly string[]>(
    (cwds, folder) => cwds.map((cwd) => resolvePath(cwd, folder)),
    shell.cwds,
  );
  return inFolders(shell, elsewhere, () => (verbs.get(verb) ?? reading)({ ...call, args }, verb));
}

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['checkout', restoring],
  ['restore', restoring],
  ['switch', (call, verb) => accepted(call, verb, [])],
  [
    'reset',
    (call, verb) =>
      hasAny(readOptions(call.args), 'hard', 'merge', 'keep') ? accepted(call, verb, []) : nothingKnown,
  ],
  ['stash', stashing],
  ['merge', (call, verb) => hooked(call, verb, accepted(call, verb, []))],
  ['rebase', rebasing],
  ['pull', (call, verb) => accepted(call, verb, [])],
  ['cherry-pick', (call, verb) => accepted(call, verb, [])],
  ['revert', (call, verb) => accepted(call, verb, [])],
  ['am', (call, verb) => accepted(call, verb, [])],
  ['bisect', bisecting],
  ['checkout-index', (call, verb) => accepted(call, verb, [])],
  ['read-tree', (call, verb) => accepted(call, verb, [])],
  ['submodule', submodules],
  ['filter-branch', filtering],
  ['apply', applying],
  ['clean', cleaning],
  ['rm', removing],
  ['mv', moving],
  ['commit', (call, verb) => hooked(call, verb, silence)],
  ['push', (call, verb) => hooked(call, verb, silence)],
  ['config', configuring],
  ['ls-files', listing],
  ['grep', searching],
  ['diff', (call) => redirectedOutput(call)],
  [
    'rev-parse',
    (call) =>
      call.args.includes('--show-toplevel') ? { text: undefined, values: call.shell.cwds } : nothingKnown,
  ],
  ['show', (call) => redirectedOutput(call)],
  ['archive', (call) => redirectedOutput(call)],
  ['format-patch', (call) => redirectedOutput(call)],
  ['mergetool', (call) => namedOnly(call)],
]);

function reading(): Stream {
  return nothingKnown;
}

/** What git puts there lies in a commit or in a stash. */
function accepted({ shell }: Call, verb: string, paths: readonly Value[]): Stream {
  const named = paths.flatMap((path) => [...protectedAt(shell, path), ...protectedBelow(shell, path)]);
  if (paths.length === 0 || named.length > 0) shell.found.git.push({ verb, paths: [...new Set(named)] });
  for (const path of named) shell.found.contents.set(path, unknownContent('git put it there'));
  return silence;
}

/** `-p` takes pieces of a commit, which together are content that no commit holds. */
function restoring(call: Call, verb: string): Stream {
  const options = readOptions(call.args, [
    'b',
    'B',
    's',
    'source',
    'orphan',
    'pathspec-from-file',
    'conflict',
  ]);
  const dashes = call.args.indexOf('--');
  const isPicked =
    hasAny(options, 'p', 'patch') || (hasAny(options, 'm', 'merge', 'ours', 'theirs') && verb === 'restore');
  if (verb === 'restore' && hasAny(options, 'staged', 'S') && !hasAny(options, 'W', 'worktree'))
    return silence;
  const paths = dashes === -1 ? options.operands : call.args.slice(dashes + 1);
  if (isPicked) {
    for (const path of paths.length > 0 ? paths : [hole.listed]) {
      write(
        call.shell,
        path,
        unknownContent(`git ${verb} -p takes pieces that are chosen when it runs`),
        `git ${verb} -p`,
      );
    }
    return silence;
  }
  // Without `--` an operand can be a branch, and then any file can change.
  const isBranch =
    dashes === -1 &&
    verb === 'checkout' &&
    !options.operands.some((path) => protectedAt(call.shell, path).length > 0 || path === '.');
  return accepted(call, verb, isBranch ? [] : paths);
}

function stashing(call: Call, verb: string): Stream {
  const isShort = call.args[0]?.startsWith('-') !== false;
  const [action, rest] = isShort ? ['push', call.args] : [call.args[0] ?? '', call.args.slice(1)];
  if (['list', 'show', 'drop', 'clear', 'create', 'store'].includes(action)) return nothingKnown;
  const options = readOptions(rest, ['m', 'message']);
  if (hasAny(options, 'p', 'patch')) {
    write(
      call.shell,
      hole.listed,
      unknownContent('git stash -p takes pieces that are chosen when it runs'),
      'git stash -p',
    );
    return silence;
  }
  return accepted(call, verb, []);
}

function rebasing(call: Call, verb: string): Stream {
  const options = readOptions(call.args, ['x', 'exec', 'onto', 's', 'X', 'strategy']);
  for (const text of [...(options.values.get('x') ?? []), ...(options.values.get('exec') ?? [])])
    call.runText(text);
  return hooked(call, verb, accepted(call, verb, []));
}

function bisecting(call: Call, verb: string): Stream {
  const [action, ...words] = call.args;
  if (action === 'run' && words.length > 0) call.run(words);
  return accepted(call, verb, []);
}

function submodules(call: Call, verb: string): Stream {
  const at = call.args.indexOf('foreach');
  if (at !== -1) return call.runText(readOptions(call.args.slice(at + 1)).operands.join(' '));
  return call.args.includes('update') ? accepted(call, verb, []) : nothingKnown;
}

function filtering(call: Call, verb: string): Stream {
  for (const [at, arg] of call.args.entries())
    if (/^--\w+-filter$/.test(arg)) call.runText(call.args[at + 1] ?? '');
  return accepted(call, verb, []);
}

function applying(call: Call): Stream {
  const options = readOptions(call.args, ['p', 'C', 'directory', 'exclude', 'include', 'whitespace']);
  const touchesNothing = ['check', 'stat', 'numstat', 'summary', 'cached'];
  if (hasAny(options, ...touchesNothing) && !hasAny(options, 'apply')) return silence;
  const files = options.operands.filter((operand) => operand !== '-');
  const texts = files.length > 0 ? files.map((file) => textOf(call.shell, file)) : [call.input?.text];
  const folder = lastValue(options, 'directory');
  const include = options.values.get('include');
  for (const text of texts) {
    if (text === undefined) {
      anyFile(call, 'git apply');
      continue;
    }
    for (const name of include ?? filesInPatch(text, Number(lastValue(options, 'p') ?? 1))) {
      const target = folder === undefined ? name : `${folder}/${name}`;
      write(call.shell, target, unknownContent('git apply writes it from a patch'), 'git apply');
    }
  }
  return silence;
}

/** Files that git ignores or does not know yet have no other copy. */
function cleaning({ shell, args }: Call): Stream {
  const options = readOptions(args, ['e', 'exclude']);
  if (hasAny(options, 'n', 'dry-run') || !hasAny(options, 'f', 'force')) return silence;
  for (const path of options.operands.length > 0 ? options.operands : ['.']) {
    remove(shell, path, 'git clean', { tree: true, onlyUntracked: true });
  }
  return silence;
}

function removing({ shell, args }: Call): Stream {
  const options = readOptions(args, ['pathspec-from-file']);
  if (hasAny(options, 'cached', 'n', 'dry-run')) return silence;
  for (const path of options.operands)
    remove(shell, path.replaceAll('*', hole.listed), 'git rm', { tree: true });
  return silence;
}

function moving(call: Call): Stream {
  const { operands, flags } = readOptions(call.args);
  return flags.has('n') || flags.has('dry-run') ? silence : call.run(['mv', ...operands]);
}

/** `-n` is `--no-verify` for `commit` alone; `push` and `merge` mean something else by it. */
function hooked(call: Call, verb: string, output: Stream): Stream {
  const options = readOptions(call.args, [
    'm',
    'F',
    'C',
    'c',
    'author',
    'date',
    'message',
    'file',
    't',
    'o',
    's',
    'X',
    'onto',
    'fixup',
  ]);
  if (hasAny(options, 'no-verify') || (verb === 'commit' && hasAny(options, 'n'))) {
    call.shell.found.tampering.push({ what: 'hooks-skipped', text: call.text });
  }
  return output;
}

function configuring(call: Call): Stream {
  const { shell, args, text } = call;
  const { operands, flags } = readOptions(args, ['f', 'file', 'type']);
  const words = operands[0] === 'set' || operands[0] === 'unset' ? operands.slice(1) : operands;
  const changes = words.length > 1 || operands[0] === 'unset' || flags.has('unset') || flags.has('unset-all');
  if (changes && /^core\.hookspath$/i.test(words[0] ?? ''))
    shell.found.tampering.push({ what: 'hooks-changed', text });
  runAlias(call, words.join(' '));
  return nothingKnown;
}

function listing({ args }: Call): Stream {
  const { operands } = readOptions(args, ['x', 'X', 'exclude']);
  const globs = operands.map((operand) => operand.replaceAll('*', hole.listed));
  return { text: undefined, values: globs.length > 0 ? globs : [hole.listed] };
}

/** The first operand is what is looked for, unless `-e` says it. */
function searching(call: Call): Stream {
  const options = readOptions(call.args, ['e', 'f', 'm', 'A', 'B', 'C']);
  if (!hasAny(options, 'l', 'files-with-matches', 'name-only', 'L')) return nothingKnown;
  return listing({ ...call, args: hasAny(options, 'e', 'f') ? options.operands : options.operands.slice(1) });
}

function redirectedOutput(call: Call): Stream {
  const target = lastValue(readOptions(call.args, ['o', 'output', 'output-directory']), 'o', 'output');
  if (target !== undefined) write(call.shell, target, unknownContent('git prints into it'), 'git');
  if (call.args.includes('--name-only')) return { text: undefined, values: [hole.listed] };
  return nothingKnown;
}

function namedOnly(call: Call): Stream {
  for (const path of readOptions(call.args).operands) {
    write(call.shell, path, unknownContent('a person merges it by hand'), 'git mergetool');
  }
  return nothingKnown;
}
