import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { encodeText, largestText } from '../../src/content.ts';
import { formatAddress } from '../../src/core/model/address.ts';
import type { Grant, GrantOp } from '../../src/core/scope/grant.ts';
import { judge } from '../../src/core/verdict/judge.ts';
import type { Author, Judgement } from '../../src/core/verdict/judgement.ts';
import { judgeLoading, judgeLoadingIfAllowed } from '../../src/core/verdict/loading.ts';
import { salvageInScope } from '../../src/core/verdict/salvageInScope.ts';
import { documentOf } from '../../src/judging.ts';
import type { Chance } from '../unit/core/mutation/chance.ts';
import { chosen, damagedBytes } from './bytes.ts';
import { outOfScope } from './composeMeaning.ts';
import { type Tree, treesOf } from './meaning.ts';
import { richTexts } from './texts.ts';
import { changedYaml } from './yamlTexts.ts';

export interface JudgeInput {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly grants: readonly Grant[] | undefined;
  readonly author: Author;
  readonly isSalvaged: boolean;
}

/** Compose files that are whole: those of the cases, and some with everything that YAML has. */
const texts: readonly string[] = [
  ...readdirSync('test/cases')
    .flatMap((name) => [
      join('test/cases', name, 'before.yml'),
      join('test/cases', name, 'docker-compose.yml'),
    ])
    .flatMap((file) => textAt(file)),
  ...richTexts,
];

function textAt(file: string): readonly string[] {
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}

export function judgeInput(chance: Chance): JudgeInput {
  const text = chosen(texts, chance);
  const other = chosen(texts, chance);
  const before = chance.below(16) === 0 ? changed(encodeText(text), chance, other) : encodeText(text);
  let after = chance.below(10) === 0 ? encodeText(other) : before;
  for (let count = chosen([1, 1, 1, 2, 2, 3], chance); count > 0; count--)
    after = changed(after, chance, other);
  const author = chosen<Author>(['ai', 'ai', 'ai', 'unknown', 'unknown', 'human', 'git'], chance);
  const grants = chosen([grantsFor, grantsOfEdit, grantsOfEdit, () => undefined], chance)(
    [text, other],
    chance,
    { before, after },
  );
  return { before, after, grants, author, isSalvaged: chance.below(10) === 0 };
}

function changed(bytes: Uint8Array, chance: Chance, other: string): Uint8Array {
  if (chance.below(5) === 0 || bytes.length > 100_000) return damagedBytes(bytes, chance, encodeText(other));
  return encodeText(changedYaml(Buffer.from(bytes).toString('utf8'), chance, other));
}

/** Grants over what the texts hold, at every depth, and now and then over something that is nowhere. */
function grantsFor(sources: readonly string[], chance: Chance): readonly Grant[] {
  const paths = pathsIn(chosen(sources, chance));
  return Array.from({ length: chance.below(3) }, (): Grant => {
    const op = chosen<GrantOp>(['add', 'remove', 'change', 'change', 'rename'], chance);
    const path = chosen(paths, chance);
    const address = formatAddress(path);
    if (op !== 'rename') return { op, address };
    return { op, address, to: formatAddress([...path.slice(0, -1), 'renamed']) };
  });
}

/** Grants for some of what the edit does, or for all of it. */
function grantsOfEdit(
  _: readonly string[],
  chance: Chance,
  edit: Pick<JudgeInput, 'before' | 'after'>,
): readonly Grant[] {
  const [before, after] = [documentOf('compose', edit.before), documentOf('compose', edit.after)];
  const { changes } = judge({ before, after, scope: undefined, author: 'ai' });
  const grants = changes.map(({ op, address, renamedTo }): Grant => {
    if (renamedTo !== undefined) return { op: 'rename', address, to: formatAddress(renamedTo) };
    return {
      op: ({ added: 'add', removed: 'remove', changed: 'change', renamed: 'rename' } as const)[op],
      address,
    };
  });
  return chance.sample(grants, chosen([0, 1, 2, 3, grants.length, grants.length], chance));
}

const knownPaths = new Map<string, readonly (readonly string[])[]>();

function pathsIn(text: string): readonly (readonly string[])[] {
  const known = knownPaths.get(text) ?? [
    ['services', 'nowhere'],
    ...(treesOf(text) ?? []).flatMap((tree) => pathsBelow(tree, [])),
  ];
  knownPaths.set(text, known);
  return known;
}

function pathsBelow(tree: Tree, path: readonly string[]): readonly (readonly string[])[] {
  const own = path.length > 1 ? [path] : [];
  if (!(tree instanceof Map) || path.length > 3) return own;
  return [...own, ...[...tree].flatMap(([name, inner]) => pathsBelow(inner, [...path, name]))];
}

/** Judges the edit as hooks and guards do, and says what came out. Throws where that must not be. */
export async function judgeCheck(input: JudgeInput): Promise<string> {
  const { before, after, grants, author } = input;
  const documents = { before: documentOf('compose', before), after: documentOf('compose', after) };
  const scope = grants && { grants };
  const judged = { ...documents, scope, author };
  const judgement = await judgeLoading(judged, 'step');
  noneIsInternal(judgement);
  await judgement.impact();
  const hook = await judgeLoadingIfAllowed(judged, 'step');
  assert.equal(hook.verdict === 'allow', judgement.verdict === 'allow', 'a hook and a guard say the same');
  if (input.isSalvaged) salvageCheck(input, documents, scope);
  if (judgement.verdict !== 'allow') return judgement.verdict === 'undecided' ? 'refused as broken' : 'held';
  if (author === 'human' || author === 'git') return 'allowed to its author';
  return allowedCheck(before, after, grants ?? []);
}

/** What was not foreseen is told as `internal`: an edit is held by it, and it is a mistake of ours all the same. */
function noneIsInternal({ problems }: Judgement): void {
  assert.deepEqual(
    problems.filter(({ code }) => code === 'internal'),
    [],
  );
}

/** Nothing is allowed that could not be read, and what is allowed means outside of the scope what it meant. */
function allowedCheck(before: Uint8Array, after: Uint8Array, grants: readonly Grant[]): string {
  const [one, other] = [readStrictly(before), readStrictly(after)];
  const wrong = outOfScope(one, other, grants);
  if (wrong === undefined) return 'allowed, not compared';
  assert.deepEqual(wrong, [], 'outside of the scope something means something else');
  return grants.length === 0 ? 'allowed, means the same' : 'allowed, means the same out of scope';
}

/** The documents of a text that must be readable; `undefined` where only one of two parsers reads it. */
function readStrictly(bytes: Uint8Array): readonly Tree[] | undefined {
  assert.ok(bytes.length <= largestText && !bytes.includes(0), 'allowed though it is no text');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const trees = treesOf(text);
  if (trees !== undefined) return trees;
  const errors = parseAllDocuments(text, { logLevel: 'silent', schema: 'failsafe', resolveKnownTags: false });
  const [error] = 'empty' in errors ? [] : errors.flatMap((document) => document.errors);
  assert.equal(error?.message, undefined, 'allowed though no parser reads it');
  return undefined;
}

/** What is cut out of an edit is an edit itself, and leaves the rest as it was. */
function salvageCheck(
  { before, grants }: JudgeInput,
  documents: Parameters<typeof salvaged>[0],
  scope: Parameters<typeof salvaged>[1],
): void {
  const text = salvaged(documents, scope);
  if (text !== undefined) allowedCheck(before, encodeText(text), grants ?? []);
}

function salvaged(
  {
    before,
    after,
  }: { readonly before: ReturnType<typeof documentOf>; readonly after: ReturnType<typeof documentOf> },
  scope: { readonly grants: readonly Grant[] } | undefined,
): string | undefined {
  const result = salvageInScope(before, after, scope);
  return 'text' in result ? result.text : undefined;
}
