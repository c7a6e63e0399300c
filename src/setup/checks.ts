import { access, constants, mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { policyFile } from '../core/model/kinds.ts';
import { parsePolicy } from '../core/verdict/policy.ts';
import { errnoOf } from '../store/errors.ts';
import type { Surroundings } from './surroundings.ts';

/** One thing that the hooks need whatever the agent. */
export interface Check {
  readonly name: 'state' | 'policy' | 'node' | 'git';
  readonly state: 'ok' | 'fault' | 'note';
  readonly what: string;
}

export async function checkPlace(place: Surroundings): Promise<Check[]> {
  return [await checkState(place), await checkPolicy(place), checkNode(), await checkGit(place)];
}

async function checkState({ stateRoot }: Surroundings): Promise<Check> {
  try {
    await mkdir(stateRoot, { recursive: true, mode: 0o700 });
    await access(stateRoot, constants.W_OK);
    return { name: 'state', state: 'ok', what: `the state directory ${stateRoot} can be written` };
  } catch (error) {
    const why = `the state directory ${stateRoot} cannot be written (${messageOf(error)}): every edit is held`;
    return { name: 'state', state: 'fault', what: why };
  }
}

async function checkPolicy({ root }: Surroundings): Promise<Check> {
  try {
    const { problems } = await parsePolicy(await readFile(join(root, policyFile), 'utf8'));
    const [problem] = problems;
    if (problem === undefined) return { name: 'policy', state: 'ok', what: `${policyFile} is understood` };
    const what = `${policyFile}:${problem.line}: ${problem.message}; the default protection is in force`;
    return { name: 'policy', state: 'fault', what };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT')
      return { name: 'policy', state: 'ok', what: `no ${policyFile}: the default protection is in force` };
    return { name: 'policy', state: 'fault', what: `${policyFile} cannot be read (${messageOf(error)})` };
  }
}

function checkNode(): Check {
  const { node } = process.versions;
  const isNew = Number(node.split('.')[0]) >= 20;
  return {
    name: 'node',
    state: isNew ? 'ok' : 'fault',
    what: isNew ? `Node ${node}` : `Node ${node} is too old: Infrahold needs 20 or newer`,
  };
}

/** The hook of git is another road; it is only told whether it is there. */
async function checkGit({ root }: Surroundings): Promise<Check> {
  const hooks = await hooksFolder(root);
  if (hooks === undefined) return { name: 'git', state: 'note', what: 'no git repository here' };
  const text = await readFile(join(hooks, 'pre-commit'), 'utf8').catch(() => '');
  const isThere = text.includes('infrahold');
  const what = isThere ? 'the pre-commit hook runs infrahold' : 'no pre-commit hook runs infrahold';
  return { name: 'git', state: isThere ? 'ok' : 'note', what };
}

/** In a worktree `.git` is a file that says where the repository is. */
async function hooksFolder(root: string): Promise<string | undefined> {
  const git = join(root, '.git');
  const text = await readFile(git, 'utf8').catch((error: unknown) =>
    errnoOf(error) === 'EISDIR' ? '' : undefined,
  );
  if (text === undefined) return undefined;
  const linked = /^gitdir: (.+)$/m.exec(text)?.[1];
  return linked === undefined ? join(git, 'hooks') : join(dirname(dirname(resolve(root, linked))), 'hooks');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
