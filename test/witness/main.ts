import { sameMeaning } from '../../src/core/diff/equal.ts';
import type { InfraDocument, Problem } from '../../src/core/model/document.ts';
import { tables } from '../unit/core/model/validation/refused.table.ts';
import { brokenTexts } from './broken.ts';
import { reasonOfAlarm, reasonOfPair, reasonOfRefusal } from './explained.ts';
import { chance } from './generate.ts';
import { askHashes, askResources, noHashes } from './hashes.ts';
import {
  attributePairs,
  casePairs,
  environments,
  generatedPairs,
  historyPairs,
  type Pair,
  realFiles,
} from './pairs.ts';
import { readStand } from './read.ts';
import { type Stand, type Testimony, Witness } from './witness.ts';

const [binary = '', ...options] = process.argv.slice(2);
const all = options.includes('--all');
const seed = Number(options[options.indexOf('--seed') + 1] ?? 1) || 1;
const verbose = options.includes('--verbose');
const onlyHashes = options.includes('--hashes');
const deadline = Date.now() + (all ? 86_400_000 : 290_000);

const witness = new Witness(binary);
const totals = {
  texts: 0,
  loaded: 0,
  refused: 0,
  missed: 0,
  falseAlarms: 0,
  pairs: 0,
  agreements: 0,
  refusedBoth: 0,
  unexplained: 0,
  notAsked: 0,
};
const explained = new Map<string, number>();
const hashes = noHashes();

try {
  await askAll();
} finally {
  witness.close();
}
for (const [reason, count] of [...explained].sort(([, one], [, other]) => other - one))
  console.log(`${count} explained: ${reason}`);
const { texts, pairs, agreements, refusedBoth, unexplained, notAsked } = totals;
console.log(
  `sweep: of ${texts} texts Compose loads ${totals.loaded} and refuses ${totals.refused}; the model has an error for ${totals.falseAlarms} of the former and none for ${totals.missed} of the latter, each of them explained above or listed`,
);
const others = [...explained.values()].reduce((sum, count) => sum + count, 0);
console.log(
  `witness: ${texts} texts, ${pairs} pairs, ${agreements} agreements, ${refusedBoth} pairs that Compose refuses on both sides, ${others} explained, ${unexplained} unexplained, ${notAsked} pairs not asked for time, ${witness.runs} runs, seed ${seed}`,
);
const unlike = [...hashes.explained].sort(([, one], [, other]) => other - one);
for (const [reason, count] of unlike) console.log(`${count} hashes explained: ${reason}`);
console.log(
  `witness of hashes: ${hashes.services} services before and after, ${hashes.changed} with another hash, ${hashes.resources} pairs of networks or volumes, ${hashes.agreements} agreements, ${unlike.reduce((sum, [, count]) => sum + count, 0)} explained, ${hashes.unexplained} unexplained`,
);
process.exitCode = unexplained + hashes.unexplained > 0 ? 1 : 0;

async function askAll(): Promise<void> {
  const cases = casePairs();
  await askResources(witness, hashes, tellHash);
  if (onlyHashes) return askAllHashes(cases);
  const stands = cases.flatMap(({ id, before, after, envs }) =>
    [before, after].map((stand) => ({ id, stand: { ...stand, env: envs[0] ?? {} } })),
  );
  const history = historyPairs().flatMap(({ id, before, after }) => [
    { id: `${id} before`, stand: before },
    { id: `${id} after`, stand: after },
  ]);
  const rows = tables().map(([name, text]) => ({ id: name, stand: { text, files: {} } }));
  const broken = [...brokenTexts(seed, all ? 5000 : 600)];
  await inTwos([...realFiles(), ...stands, ...history, ...rows, ...broken], askText);
  await inTwos([...cases, ...historyPairs()], askPair);
  await inTwos(attributePairs(), (pair) => askHashes(witness, pair, hashes, tellHash));
  await inTwos(shuffled([...generatedPairs(seed, all ? 8 : 4)]), askPair);
}

async function askAllHashes(cases: readonly Pair[]): Promise<void> {
  const made = [...generatedPairs(seed, all ? 8 : 4)];
  await inTwos([...cases, ...historyPairs(), ...attributePairs(), ...shuffled(made)], (pair) =>
    askHashes(witness, pair, hashes, tellHash),
  );
}

function shuffled(pairs: readonly Pair[]): Pair[] {
  const random = chance(String(seed));
  return pairs
    .map((pair) => ({ pair, order: random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ pair }) => pair);
}

async function inTwos<T>(items: readonly T[], ask: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      if (Date.now() > deadline) totals.notAsked++;
      else await ask(item);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
}

async function askText({ id, stand }: { id: string; stand: Stand }): Promise<void> {
  totals.texts++;
  const errors = await errorsOf(readStand({ ...stand, env: undefined }));
  const said: Testimony[] = [];
  for (const env of stand.env ? [stand.env] : environments(stand.text))
    said.push(await witness.ask({ ...stand, env }));
  const accepted = said.find((one) => 'model' in one);
  const refusals = said.flatMap((one) => ('refusal' in one ? [one.refusal] : []));
  totals[accepted ? 'loaded' : 'refused']++;
  if ((accepted !== undefined) === (errors.length === 0)) return agree();
  totals[accepted ? 'falseAlarms' : 'missed']++;
  const [problem] = errors;
  const reason = problem ? reasonOfAlarm(problem) : reasonOfRefusal(refusals.at(-1) ?? '', stand.text);
  settle(reason, () => [
    `text ${id}`,
    `  Compose: ${accepted ? 'accepts' : refusals.join(' | ')}`,
    `  model: ${problem ? `line ${problem.line}: ${problem.message}` : 'no problem'}`,
  ]);
}

/** What keeps the model from calling a text one that Compose loads. */
async function errorsOf(document: InfraDocument): Promise<readonly Problem[]> {
  if (document.problems.length > 0) return document.problems;
  const problems = (await document.modelProblems?.()) ?? [];
  return problems.filter(({ severity }) => severity === 'error');
}

async function askPair(pair: Pair): Promise<void> {
  totals.pairs++;
  await askHashes(witness, pair, hashes, tellHash);
  const [before, after] = [readStand(pair.before), readStand(pair.after)];
  const errors = [...(await errorsOf(before)), ...(await errorsOf(after))];
  const same = errors.length === 0 && sameMeaning(before.root, after.root);
  const answers: { same: boolean; said: readonly [Testimony, Testimony] }[] = [];
  for (const env of pair.envs) {
    const said = [
      await witness.ask({ ...pair.before, env }),
      await witness.ask({ ...pair.after, env }),
    ] as const;
    const [one, other] = said;
    if ('refusal' in one && 'refusal' in other) continue;
    answers.push({ same: 'model' in one && 'model' in other && one.model === other.model, said });
  }
  const [first] = answers;
  if (first === undefined) {
    totals.refusedBoth++;
    return;
  }
  const told = answers.find((answer) => !answer.same) ?? first;
  if (told.same === same && (pair.equal ?? same) === same) return agree();
  settle(reasonOfPair(pair, told.said), () => [
    `pair ${pair.id}`,
    `  Compose: ${told.same ? 'the same' : difference(told.said)}`,
    `  model: ${same ? 'the same' : (errors[0]?.message ?? ours(before, after))}${pair.equal === undefined ? '' : `; the case says ${pair.equal}`}`,
  ]);
}

function tellHash(lines: readonly string[]): void {
  console.log(lines.join('\n'));
}

function agree(): void {
  totals.agreements++;
}

function settle(reason: string | undefined, lines: () => string[]): void {
  if (reason === undefined) totals.unexplained++;
  else explained.set(reason, (explained.get(reason) ?? 0) + 1);
  if (reason === undefined || verbose)
    console.log([...lines(), ...(reason ? [`  because ${reason}`] : [])].join('\n'));
}

/** The places where the two outputs part. */
function difference([one, other]: readonly [Testimony, Testimony]): string {
  if ('refusal' in one) return `refuses the text before: ${one.refusal}`;
  if ('refusal' in other) return `refuses the text after: ${other.refusal}`;
  let at = 0;
  while (one.model[at] === other.model[at]) at++;
  const shown = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `\n    ${shown(one.model)}\n    ${shown(other.model)}`;
}

function ours({ root: one }: InfraDocument, { root: other }: InfraDocument): string {
  const lines: string[] = [];
  const walk = (before: typeof one | undefined, after: typeof one | undefined): void => {
    if (before && after && sameMeaning(before, after)) return;
    const names = new Set([...(before?.children.keys() ?? []), ...(after?.children.keys() ?? [])]);
    if (names.size === 0 || !before || !after) {
      lines.push(
        `${(before ?? after)?.path.join('.')}: ${JSON.stringify(before?.value)} → ${JSON.stringify(after?.value)}`,
      );
    } else for (const name of names) walk(before.children.get(name), after.children.get(name));
  };
  walk(one, other);
  return lines.slice(0, 3).join('; ');
}
