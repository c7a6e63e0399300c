import type { Pair } from './pairs.ts';
import type { Testimony } from './witness.ts';

/** Why the model and this Compose may disagree over one text; `undefined` where nobody knows. */
export function reasonOfText(refusal: string | undefined): string | undefined {
  return refusals.find(([pattern]) => refusal !== undefined && pattern.test(refusal))?.[1];
}

/** What Compose refuses and the model reads. The model compares such texts and leaves the refusing to Compose. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/invalid boolean|invalid size|Invalid ranges|missing unit/, 'a value that a variable makes unfit here'],
  [
    /^ ?include |trailing space/,
    'an include that goes round, or a space before `=`: not checked while reading',
  ],
  [
    /undefined (?:service|network|volume|secret|config)|dependency cycle/,
    'references are not checked while reading',
  ],
  [/neither an image nor a build/, 'a service without an image is read: it may be one part of several files'],
  [/additional propert/, 'keys that Compose does not know are kept and compared as data'],
  [
    /must be a|must be one of|items at \d+ and \d+ are equal|does not match/,
    'a value of another type is compared as data',
  ],
  [
    /required variable|env file .* not found|no such file|not found/,
    'a variable or a file that is not there',
  ],
  [
    /empty section between colons|[Nn]o port specified|[Ii]nvalid (?:ip|proto|port|hostPort|containerPort|spec)/,
    'an address that cannot be one, often for want of a variable',
  ],
  [
    /distinct values|mutually exclusive|mutualy|container name must be unique|conflicts with/,
    'fields that contradict each other',
  ],
];

/** The same for two texts. */
export function reasonOfPair({ id }: Pair, said: readonly [Testimony, Testimony]): string | undefined {
  const refusal = said.flatMap((one) => ('refusal' in one ? [one.refusal] : []))[0];
  return pairs.get(id) ?? generatedPairs.find(([pattern]) => pattern.test(id))?.[1] ?? reasonOfText(refusal);
}

/** Cases of which the newer Compose says something else, or of which `config` prints too little. */
const pairs: ReadonlyMap<string, string> = new Map([
  ['envfile-vs-inline', '`config` prints the environment with the env files already in it'],
  ['envfile-optional', '`config` prints the environment with the env files already in it'],
  ['top-vol-unused-declared', '`config` leaves out volumes that nobody uses'],
  ['include-conflict-local-wins', 'since compose-go 2.10.0 a local resource wins over an included one'],
]);

/** The same for pairs that are made of real files. */
const generatedPairs: readonly (readonly [RegExp, string])[] = [
  [
    / in zulip\/.*\/base\.yaml$/,
    '`config` prints what a variable holds for a secret, here nothing under both names',
  ],
  [
    /^nothing as value in jaegertracing\/.*elasticsearch\.yml$/,
    'the default driver, which `config` leaves out',
  ],
];
