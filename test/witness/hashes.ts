import { deepEqual } from '../../src/core/diff/equal.ts';
import { recreatedBetween } from '../../src/core/diff/recreated.ts';
import { entityAt, type InfraDocument } from '../../src/core/model/document.ts';
import { resourceAttributes } from './attributes.ts';
import { reasonOfPair } from './explained.ts';
import type { Pair } from './pairs.ts';
import { readStand } from './read.ts';
import type { Hashes, Stand, Witness } from './witness.ts';

/** What came of comparing the hashes of services with what the model says is made anew. */
export interface HashTotals {
  /** Pairs of one service before and after, in one environment. */
  services: number;
  /** Pairs of one network or one volume. */
  resources: number;
  /** Of these, those whose hash differs. */
  changed: number;
  agreements: number;
  unexplained: number;
  readonly explained: Map<string, number>;
}

export function noHashes(): HashTotals {
  return { services: 0, resources: 0, changed: 0, agreements: 0, unexplained: 0, explained: new Map() };
}

/**
 * Asks for the hashes of a pair in each environment: a service whose hash differs has to be named by
 * `impact.recreated`, and no other has. `tell` is called for what nobody can explain.
 */
export async function askHashes(
  witness: Witness,
  pair: Pair,
  totals: HashTotals,
  tell: (lines: readonly string[]) => void,
): Promise<void> {
  for (const env of pair.envs) {
    const [before, after] = [
      { ...pair.before, env },
      { ...pair.after, env },
    ];
    const documents = [readStand(before), readStand(after)] as const;
    if (documents.some(({ problems }) => problems.length > 0)) continue;
    const hashes = await witness.hashes(before, after);
    const found = hashed(hashes);
    const named = new Set(await recreatedBetween(...documents));
    for (const [name, differs] of found) {
      totals.services++;
      if (differs) totals.changed++;
      if (named.has(`service:${name}`) === differs) totals.agreements++;
      else await settle(pair, name, differs, documents, totals, tell);
    }
  }
}

/** The same for one network and one volume, in every form and every other. */
export async function askResources(
  witness: Witness,
  totals: HashTotals,
  tell: (lines: readonly string[]) => void,
): Promise<void> {
  for (const kind of ['networks', 'volumes'] as const) {
    const asked = resourceAttributes[kind].map(async (said) => {
      const stand = resourceStand(kind, said);
      const form = (await readStand(stand).hashForms?.())?.named[kind].get('one');
      const printed = (await witness.resources(stand))?.[kind];
      return { said: JSON.stringify(said), form, printed: JSON.stringify(printed) };
    });
    const answers = (await Promise.all(asked)).filter(({ printed }) => printed !== undefined);
    for (const [index, one] of answers.entries()) {
      for (const other of answers.slice(0, index)) {
        const differs = one.printed !== other.printed;
        totals.resources++;
        if (deepEqual(one.form, other.form) !== differs) totals.agreements++;
        else {
          totals.unexplained++;
          tell([`${kind} ${other.said} and ${one.said}`, `  Compose: ${differs ? 'another' : 'the same'}`]);
        }
      }
    }
  }
}

function resourceStand(kind: 'networks' | 'volumes', said: unknown): Stand {
  const mount = kind === 'volumes' ? 'one:/d' : 'one';
  const service = { image: 'nginx', [kind]: [mount] };
  return { text: JSON.stringify({ name: 'proj', services: { app: service }, [kind]: { one: said } }) };
}

/** Whether the hash differs, for each service that is on both sides. */
function hashed([before, after]: readonly [Hashes, Hashes]): [string, boolean][] {
  if ('refusal' in before || 'refusal' in after) return [];
  return [...before.services].flatMap(([name, hash]): [string, boolean][] => {
    const other = after.services.get(name);
    return other === undefined ? [] : [[name, other !== hash]];
  });
}

async function settle(
  pair: Pair,
  name: string,
  differs: boolean,
  documents: readonly [InfraDocument, InfraDocument],
  totals: HashTotals,
  tell: (lines: readonly string[]) => void,
): Promise<void> {
  const reason = await reasonFor(pair, name, differs, documents);
  if (reason === undefined) totals.unexplained++;
  else totals.explained.set(reason, (totals.explained.get(reason) ?? 0) + 1);
  if (reason !== undefined) return;
  const [before, after] = await Promise.all(documents.map((document) => formOf(document, name)));
  tell([
    `hash of ${name} in ${pair.id}`,
    `  Compose: ${differs ? 'another' : 'the same'}`,
    `  model: ${JSON.stringify(before)}`,
    `         ${JSON.stringify(after)}`,
  ]);
}

/** Why this Compose and the model may disagree over one service. */
async function reasonFor(
  pair: Pair,
  name: string,
  differs: boolean,
  documents: readonly [InfraDocument, InfraDocument],
): Promise<string | undefined> {
  const [old, fresh] = await Promise.all(documents.map((document) => formOf(document, name)));
  const isSame = deepEqual(old, fresh);
  const says = (...path: string[]) =>
    documents.some((document) => entityAt(document, ['services', name, ...path]) !== undefined);
  if (!differs && isSame) return 'the variables are named otherwise, and here hold the same';
  if (says('env_file') || says('label_file'))
    return '`config --hash` of this release does not read the files of variables';
  if (differs && isSame && documents.some(({ text }) => /\bbind["']?\s*:/.test(text)))
    return 'before compose-go 2.10.1 a long mount did not make the folder of the host';
  return reasonOfPair(pair, []);
}

async function formOf({ hashForms }: InfraDocument, name: string) {
  return (await hashForms?.())?.resolved?.services.get(name);
}
