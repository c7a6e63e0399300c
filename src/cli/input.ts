import { open, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { largestText } from '../content.ts';
import type { Sources } from '../core/model/compose/sources.ts';
import type { DocumentKind, InfraDocument, Problem, ProblemCode } from '../core/model/document.ts';
import { kindOf } from '../core/model/kinds.ts';
import { emptyDocument } from '../core/model/read.ts';
import { documentOf } from '../judging.ts';
import { beside } from './beside.ts';
import { type Call, UsageError } from './command.ts';
import type { Source, World } from './world.ts';

/** Two versions of one file, read. Whatever could not be read is a problem of its document, never an exception. */
export interface Pair {
  readonly file: string;
  readonly before: Side;
  readonly after: Side;
}

export interface Side {
  /** What messages call this text. */
  readonly name: string;
  readonly document: InfraDocument;
}

/**
 * What `BEFORE AFTER [--as NAME]` names. Where `isEffective`, each side is read with what lies beside it: the two may
 * then mean what their texts alone do not say.
 */
export async function readPair(call: Call, { isEffective }: { isEffective: boolean }): Promise<Pair> {
  const { world, operands, value } = call;
  const [before = '', after = ''] = operands;
  if (before === '-' && after === '-')
    throw new UsageError('only one of BEFORE and AFTER can be - (standard input).');
  const as = value('as');
  const inFolders = await bothFolders(world, before, after);
  if (inFolders && as === undefined) {
    throw new UsageError(
      'BEFORE and AFTER are folders: name the file in them, for example --as docker-compose.yml.',
    );
  }
  const file = as ?? (before === '-' || before === nowhere ? after : before);
  const kind = kindFor([file, before, after]);
  const locate = (operand: string) => (inFolders ? join(operand, file) : operand);
  const variables = givenVariables(call);
  const read = async (operand: string, other: string): Promise<Side> => {
    const folders = (inFolders ? [operand] : [operand, other]).filter(isPath).map(dirname);
    const sources = isEffective
      ? beside(
          file,
          folders.map((folder) => resolve(world.cwd, folder)),
          variables,
        )
      : undefined;
    const content = await readContent(world, operand);
    return {
      name: isPath(operand) ? operand : '(standard input)',
      document: documentFrom(kind, content, sources),
    };
  };
  const [one, two] = [locate(before), locate(after)];
  return { file, before: await read(one, two), after: await read(two, one) };
}

/** One file or standard input, for commands that look at a single text. */
export async function readSide(world: World, operand: string, as: string | undefined): Promise<Side> {
  const kind = kindFor([as ?? operand, operand]);
  const name = operand === '-' ? '(standard input)' : operand;
  return { name, document: documentFrom(kind, await readContent(world, operand)) };
}

export type Content = { readonly bytes: Uint8Array | undefined } | { readonly problem: Problem };

/** A document in any case: with what could not be read as its problem, the judge can say no to it. */
export function documentFrom(kind: DocumentKind, content: Content, sources?: Sources): InfraDocument {
  if ('bytes' in content) return documentOf(kind, content.bytes, sources);
  return { ...emptyDocument(kind), problems: [content.problem] };
}

/**
 * A name nobody knows is judged by its ending: the person asked for a judgement on exactly these texts, and a text
 * that turns out to be something else is a problem and not an allowance.
 */
export function kindFor(names: readonly string[]): DocumentKind {
  const [known] = names.flatMap((name) => kindOf(name.replaceAll('\\', '/').replace(/^\.?\/+/, '')) ?? []);
  return known ?? (/\.ya?ml$/i.test(names[0] ?? '') ? 'compose' : 'text');
}

/** The size is looked at first and the reading is bounded, so that a huge file or an endless device costs nothing. */
export async function readContent(world: World, operand: string): Promise<Content> {
  if (operand === '-') return bounded(world.stdin);
  if (operand === nowhere) return { bytes: undefined };
  try {
    const file = await open(resolve(world.cwd, operand), 'r');
    try {
      const about = await file.stat();
      if (about.isDirectory()) return failed('unreadable', 'this is a folder, not a file');
      if (about.isFile() && about.size > largestText) return failed('too-large', tooLarge(about.size));
      return await bounded(file.createReadStream({ autoClose: false }));
    } finally {
      await file.close();
    }
  } catch (error) {
    return failed(...reasonOf(error));
  }
}

/** A problem of a whole text stands at its beginning. */
export function failed(code: ProblemCode, message: string): { readonly problem: Problem } {
  return { problem: { code, message, line: 1, column: 1 } };
}

/** What stands for a file that is not there, on every system. */
const nowhere = '/dev/null';

function isPath(operand: string): boolean {
  return operand !== '-' && operand !== nowhere;
}

function givenVariables({ values }: Call): Record<string, string> {
  return Object.fromEntries(
    values('env').map((text) => {
      const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text) ?? [];
      if (name === undefined || value === undefined)
        throw new UsageError(`--env takes NAME=VALUE, not "${text}".`);
      return [name, value];
    }),
  );
}

/** One of each is a mistake in typing, and guessing which file was meant would judge the wrong one. */
async function bothFolders(world: World, before: string, after: string): Promise<boolean> {
  const [one, other] = await Promise.all([isFolder(world, before), isFolder(world, after)]);
  if (one === other) return one;
  throw new UsageError(
    `${one ? before : after} is a folder and ${one ? after : before} is not; give two files or two folders.`,
  );
}

async function isFolder(world: World, operand: string): Promise<boolean> {
  if (operand === '-') return false;
  try {
    return (await stat(resolve(world.cwd, operand))).isDirectory();
  } catch {
    return false;
  }
}

/** Stops at the first byte too many, so that a stream without an end is read no further than a file. */
async function bounded(source: Source): Promise<Content> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > largestText)
      return failed('too-large', 'the text has more than 8 MiB, which is the most that can be judged');
    chunks.push(bytes);
  }
  return { bytes: Buffer.concat(chunks) };
}

function tooLarge(size: number): string {
  return `the file has ${(size / 1_048_576).toFixed(1)} MiB; at most 8 MiB can be judged`;
}

/** The system's error in words; a missing file is told apart, because its cure is another. */
function reasonOf(error: unknown): [ProblemCode, string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return ['missing-file', 'there is no such file'];
    case 'EACCES':
    case 'EPERM':
      return ['unreadable', 'the file may not be read: permission denied'];
    default:
      return [
        'unreadable',
        `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      ];
  }
}
