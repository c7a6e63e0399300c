import type { InfraDocument } from '../model/document.ts';
import type { Grant } from './grant.ts';
import { readRequest } from './request.ts';

/** What the prompts of one session have ordered in one file. */
export interface HeardFile {
  readonly path: string;
  readonly grants: readonly Grant[];
  /** Something else was asked for, too, and not understood. */
  readonly isPart: boolean;
}

/** What the prompts of one session have ordered so far, and the prompts that did. */
export interface Heard {
  readonly requests: readonly string[];
  readonly files: readonly HeardFile[];
}

export const nothingHeard: Heard = { requests: [], files: [] };

/**
 * Hears one more prompt of a session, given the protected files as they are now:
 * - orders take the place of those before, unless the prompt adds to them ("also …", "and …", "… as well");
 * - what it takes back or forbids of the orders before is gone ("forget that", "don't touch redis"), whatever else it says;
 * - a prompt without an order ("go on", "run the tests") leaves the rest as it is;
 * - one too long to be read leaves nothing: whatever it says may have taken everything back.
 */
export function hear(last: Heard, prompt: string, documents: ReadonlyMap<string, InfraDocument>): Heard {
  if (prompt.trim() === '') return last;
  if (prompt.length > longestPrompt) return nothingHeard;
  const kept = last.files.map((file) => withoutTaken(file, last.requests, prompt, documents.get(file.path)));
  const fresh = nearest(ordersIn(prompt, documents), prompt);
  if (fresh.length === 0) return { ...last, files: kept.filter(({ grants }) => grants.length > 0) };
  if (!adds(prompt)) return { requests: [prompt], files: fresh };
  const requests = [...last.requests, prompt].slice(-mostRequests);
  return { requests, files: merged(kept, fresh).filter(({ grants }) => grants.length > 0) };
}

/** Far more than anybody types; what is longer was pasted, and reading it costs time that a hook has not. */
const longestPrompt = 20_000;
const mostRequests = 20;

function ordersIn(prompt: string, documents: ReadonlyMap<string, InfraDocument>): HeardFile[] {
  return [...documents].flatMap(([path, document]) => {
    if (document.problems.length > 0) return [];
    const { grants, ambiguous, notUnderstood } = readRequest(prompt, document, path);
    return grants.length === 0 ? [] : [{ path, grants, isPart: ambiguous.length + notUnderstood.length > 0 }];
  });
}

/**
 * A prompt that names no file means the project at hand: where files of several folders hold what it speaks of, those
 * nearest to the root, and none at all where that leaves a choice.
 */
function nearest(files: readonly HeardFile[], prompt: string): readonly HeardFile[] {
  if (/\.ya?ml\b/i.test(prompt)) return files;
  const depth = Math.min(...files.map(({ path }) => path.split('/').length));
  const near = files.filter(({ path }) => path.split('/').length === depth);
  return new Set(near.map(({ path }) => path.replace(/[^/]*$/, ''))).size > 1 ? [] : near;
}

/** What of the orders before still reads as an order when the new prompt is read behind them. */
function withoutTaken(
  file: HeardFile,
  requests: readonly string[],
  prompt: string,
  document: InfraDocument | undefined,
): HeardFile {
  if (document === undefined) return file;
  const read = (texts: readonly string[]) => readRequest(texts.join('\n\n'), document, file.path).grants;
  const [before, now] = [read(requests), read([...requests, prompt])];
  const isTaken = (grant: Grant) => includes(before, grant) && !includes(now, grant);
  return { ...file, grants: takesAllBack(prompt) ? [] : file.grants.filter((grant) => !isTaken(grant)) };
}

/** An order that was carried out reads as none, so that taking it back has to be told from the prompt itself. */
function takesAllBack(prompt: string): boolean {
  return /^\W*(?:(?:actually|no|wait|ok|okay|sorry|hmm|please)\W+)*(?:never ?mind|scratch that|forget (?:it|that|about (?:it|that))|cancel that|undo (?:it|that)|revert (?:it|that)|stop|ignore that|disregard that|don'?t do (?:it|that))\b/i.test(
    prompt,
  );
}

function adds(prompt: string): boolean {
  const opening =
    /^\W*(?:(?:ok|okay|great|good|nice|perfect|thanks|thank you|yes|now|then|so|please|hey|hi|can you|could you|would you|will you|i want you to|i'd like you to|let's|you can|you should)\W+)*(?:also|and|plus|additionally|in addition|furthermore|moreover|besides|one more thing|another thing)\b/i;
  const [sentence = ''] = prompt.trim().split(/[.!?](?:\s|$)/);
  return opening.test(prompt) || /\b(?:also|too|as well|in addition)\s*$/i.test(sentence);
}

function merged(kept: readonly HeardFile[], fresh: readonly HeardFile[]): HeardFile[] {
  const byPath = new Map(kept.map((file) => [file.path, file]));
  for (const file of fresh) {
    const old = byPath.get(file.path);
    const grants = [
      ...(old?.grants ?? []),
      ...file.grants.filter((grant) => !includes(old?.grants ?? [], grant)),
    ];
    byPath.set(file.path, { ...file, grants, isPart: file.isPart || old?.isPart === true });
  }
  return [...byPath.values()];
}

function includes(grants: readonly Grant[], { op, address, to }: Grant): boolean {
  return grants.some((one) => one.op === op && one.address === address && one.to === to);
}
