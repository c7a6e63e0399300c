import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { readPatch } from '../agents/patch.ts';
import type { Commands } from '../agents/protocol.ts';
import { decodeText, encodeText } from '../content.ts';
import type { CommandContext, CommandEffects, FileWrite } from '../core/commands/effects.ts';
import { commandMayMatter } from '../core/commands/mayMatter.ts';
import { readCommand } from '../core/commands/readCommand.ts';
import { printable } from '../core/printable.ts';
import { record } from '../recording.ts';
import type { Answer, HookCall } from './hook.ts';
import { reviewActions } from './hookActions.ts';
import { type HeldCall, leaveToPerson } from './hookAsk.ts';
import { mayBeProtected, pathIn } from './hookPaths.ts';
import { holdOwnPlace, holdUnknown, reviewContent, reviewProposal } from './hookReview.ts';
import { inTime } from './hookTime.ts';
import { onlyOnce, originOf, projectOf, takeStock, workspaces } from './hookWorkspace.ts';
import { isOwnPlace, ownPlaces } from './ownPlaces.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** A command is about to run. What it would write or destroy is judged like an edit; a read is nobody's concern. */
export async function answerCommand(call: HookCall, commands: Commands): Promise<Answer> {
  const project = (await projectOf(call)) ?? (await reachingOut(call, commands));
  if (project === undefined) return { say: 'pass' };
  return onlyOnce(project, call, async () =>
    leaveToPerson(call, await inTime(reviewCommands(call, project, commands))),
  );
}

/** A folder without a protected file is worth a guard only for a command that reaches one elsewhere, `../compose.yml`. */
async function reachingOut(call: HookCall, given: Commands): Promise<Workspace | undefined> {
  const isProtected = (full: string) => mayBeProtected(call.root, full) || isOwnPlace(full);
  const context = { ...contextOf(call, given), files: ownFiles(), isProtected };
  const reaches = given.commands.filter(commandMayMatter).some((command) => {
    const { writes, removes, patches, actions, tampering } = readCommand(command, context);
    return (
      writes.length + removes.length + patches.length + tampering.length > 0 ||
      actions.some(({ tool }) => tool === 'compose')
    );
  });
  return reaches ? openWorkspace(call.root, call.world) : undefined;
}

function contextOf(
  { folder }: HookCall,
  { shell, workingFolder }: Commands,
): Omit<CommandContext, 'files' | 'isProtected'> {
  return { cwd: slashed(resolve(folder, workingFolder ?? '')), shell, home: slashed(homedir()) };
}

async function reviewCommands(
  call: HookCall,
  project: Workspace,
  given: Commands,
): Promise<readonly HeldCall[]> {
  const paths = await takeStock(project, { isThorough: false });
  const { root, ports } = project;
  const context: CommandContext = {
    ...contextOf(call, given),
    files: [...paths.map((path) => slashed(join(root, path))), ...ownFiles()],
    isProtected: (full) =>
      isOwnPlace(full) ||
      (mayBeProtected(root, full) &&
        (isOutside(root, full) || ports.policy.kindOf(pathIn(root, full)) !== undefined)),
  };
  const held: HeldCall[] = [];
  for (const command of given.commands) {
    if (speaksAsHost.test(command))
      held.push(await refuseCommand(call, project, 'only a host may speak to `infrahold hook`'));
    if (!commandMayMatter(command)) continue;
    const effects = await withScripts(readCommand(command, context), context, mostScripts);
    for (const one of effects) held.push(...(await review(call, project, one, context)));
  }
  return held;
}

/** What a hook is told of a person's prompt widens what a session may do: an agent must not tell it that itself. */
const speaksAsHost = /\binfrahold\b[^\n;&|]*\bhook\b|\bcli\.js\W+hook\b/;

/** A script is a command of its own; one that runs scripts in turn is followed a few times. */
async function withScripts(
  effects: CommandEffects,
  context: CommandContext,
  depth: number,
): Promise<readonly CommandEffects[]> {
  const all = [effects];
  for (const { path } of depth > 0 ? effects.scripts : []) {
    const file = resolve(context.cwd, path);
    const size = (await stat(file).catch(() => undefined))?.size;
    if (size === undefined || size > largestScript) continue;
    const text = await readFile(file, 'utf8').catch(() => '');
    all.push(...(await withScripts(readCommand(text, context), context, depth - 1)));
  }
  return all;
}

const mostScripts = 3;
const largestScript = 256 * 1024;

async function review(
  call: HookCall,
  project: Workspace,
  effects: CommandEffects,
  { cwd }: CommandContext,
): Promise<readonly HeldCall[]> {
  const open = workspaces(call);
  const held: (HeldCall | undefined)[] = [];
  for (const { text } of effects.tampering) {
    held.push(await refuseCommand(call, project, `it switches off what guards the files: ${text}`));
  }
  for (const { why } of effects.unknown) held.push(await refuseCommand(call, project, why));
  for (const patch of effects.patches) {
    const read = readPatch(patch);
    const proposals = 'why' in read ? [] : read.proposals;
    for (const proposal of proposals) {
      const full = resolve(cwd, proposal.path);
      held.push(await reviewProposal(call, await open(full), { ...proposal, path: full }, 'apply_patch'));
    }
  }
  held.push(...(await reviewFiles(call, open, effects)));
  held.push(...(await reviewActions(call, project, effects.actions, cwd)));
  return held.filter((one) => one !== undefined);
}

/** The last write of a file counts: its content is told from what the file holds now, with all that comes before it. */
async function reviewFiles(
  call: HookCall,
  open: (full: string) => Promise<Workspace>,
  { writes, removes }: CommandEffects,
): Promise<readonly (HeldCall | undefined)[]> {
  const after = new Map<string, Left>();
  if ([...removes, ...writes].some(({ path }) => isOwnPlace(path)))
    return [await holdOwnPlace(call, await open(call.root))];
  for (const { path, by, onlyUntracked } of removes) {
    const { root, ports } = await open(path);
    const name = pathIn(root, path);
    // Of a folder that a command may be in by then, most have no such file; to read one waits for it to come back.
    if (!existsSync(path) && (await ports.baselines.get(name)) === undefined) continue;
    const isTracked = onlyUntracked && (await ports.commits.holds(name, await ports.files.read(name)));
    if (!isTracked) after.set(path, { by, bytes: undefined });
  }
  for (const write of writes) {
    const isVoid = write.content.is === 'copy' && !existsSync(write.content.of);
    if (!isVoid) after.set(write.path, await leftBy(write));
  }
  const held: (HeldCall | undefined)[] = [];
  for (const [path, { by, bytes, why }] of after) {
    const workspace = await open(path);
    const name = pathIn(workspace.root, path);
    held.push(
      why === undefined
        ? await reviewContent(call, workspace, name, bytes, by)
        : await holdUnknown(call, workspace, name, `what \`${by}\` would leave in it is not known: ${why}`),
    );
  }
  return held;
}

interface Left {
  readonly by: string;
  /** `undefined` for no file. */
  readonly bytes: Uint8Array | undefined;
  /** Why the content is not known. */
  readonly why?: string;
}

async function leftBy({ path, content, by }: FileWrite): Promise<Left> {
  const textAt = async (file: string): Promise<string | undefined> => {
    const bytes = await readFile(file).catch(() => undefined);
    const decoded = bytes === undefined ? { text: '' } : decodeText(bytes);
    return 'text' in decoded ? decoded.text : undefined;
  };
  const left = (text: string | undefined, why: string): Left =>
    text === undefined ? { by, bytes: undefined, why } : { by, bytes: encodeText(text) };
  switch (content.is) {
    case 'text':
      return left(content.text, '');
    case 'appended': {
      const text = await textAt(path);
      return left(text && text + content.text, 'the file cannot be read as text');
    }
    case 'copy':
      return left(await textAt(content.of), `${content.of} cannot be read as text`);
    case 'sed': {
      const text = await textAt(path);
      return left(text && (await printedBySed(content.args, text)), 'sed does not tell');
    }
    case 'unknown':
      return left(undefined, content.why);
  }
}

/** With `--sandbox` sed neither writes nor runs anything, and prints what it would write. */
function printedBySed(args: readonly string[], text: string): Promise<string | undefined> {
  return new Promise((done) => {
    const child = execFile(
      'sed',
      ['--sandbox', ...args],
      { timeout: 500, maxBuffer: 16 * 1024 * 1024, env: { PATH: process.env.PATH } },
      (error, stdout) => done(error === null ? stdout : undefined),
    );
    child.stdin?.on('error', () => done(undefined));
    child.stdin?.end(text);
  });
}

/** Stands for all that lies there: a folder that is removed takes it along. */
function ownFiles(): readonly string[] {
  return ownPlaces().map((place) => slashed(join(place, 'own')));
}

async function refuseCommand(call: HookCall, workspace: Workspace, why: string): Promise<HeldCall> {
  await record(workspace.ports, 'held', { road: 'hook', origin: originOf(call), note: printable(why) });
  const reason = printable(`Infrahold holds this command: ${why}. Use the edit tool for protected files.`);
  return { workspace, reason, verdict: 'undecided', held: undefined };
}

function isOutside(root: string, full: string): boolean {
  const name = pathIn(root, full);
  return name === '..' || name.startsWith('../') || name.startsWith('/');
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
