import type { Problem } from '../../src/core/model/document.ts';
import type { Pair } from './pairs.ts';
import type { Testimony } from './witness.ts';

/** Why this Compose may refuse a text of which the model has no error; `undefined` where nobody knows. */
export function reasonOfRefusal(refusal: string, text: string): string | undefined {
  const [, reason] = refusals.find(([pattern]) => pattern.test(refusal)) ?? [];
  return reason ?? (text.includes('$') ? forWantOfAVariable : undefined);
}

/** Whoever starts the project may give the variable; the model says nothing of a value that it does not know. */
const forWantOfAVariable = 'a value that a variable makes unfit here';

const refusals: readonly (readonly [RegExp, string])[] = [
  [
    /env file .* not found|^stat .*: no such file/,
    'a file of variables that is not there is a warning: whoever starts the project may put it in place',
  ],
  [/^open \.\/remote:/, 'a file on the network'],
  [/time\.Time/, 'since compose-go 2.10.0 a date is a text'],
  [/conflicts with imported resource/, 'since compose-go 2.10.0 a local resource wins over an included one'],
];

/** Why the model may have an error for a text that this Compose loads. */
export function reasonOfAlarm({ code, message }: Problem): string | undefined {
  if (/is not a number that Compose can pass on/.test(message)) return 'newer Composes refuse .inf and .nan';
  if (code === 'disabled-dependency') return 'asked here with all profiles on, and refused without';
  return undefined;
}

/** The same for two texts. */
export function reasonOfPair(pair: Pair, said: readonly Testimony[]): string | undefined {
  const refused = said.findIndex((one) => 'refusal' in one);
  const known = pairs.get(pair.id) ?? generatedPairs.find(([pattern]) => pattern.test(pair.id))?.[1];
  const one = said[refused];
  if (known !== undefined || one === undefined || !('refusal' in one)) return known;
  return reasonOfRefusal(one.refusal, (refused === 0 ? pair.before : pair.after).text);
}

/** Cases of which the newer Compose says something else, or of which `config` prints too little. */
const pairs: ReadonlyMap<string, string> = new Map([
  ['envfile-vs-inline', '`config` prints the environment with the env files already in it'],
  ['envfile-optional', '`config` prints the environment with the env files already in it'],
  ['top-vol-unused-declared', '`config` leaves out volumes that nobody uses'],
  ['include-conflict-local-wins', 'since compose-go 2.10.0 a local resource wins over an included one'],
  ['env-inf', 'newer Composes refuse .inf and .nan'],
  ['profiles-breaks-required-dependency', 'asked here with all profiles on, and refused without'],
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
