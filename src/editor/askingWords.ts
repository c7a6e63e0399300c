import { printable } from '../core/printable.ts';
import { redactText } from '../core/redact.ts';
import type { Grant } from '../core/scope/grant.ts';
import { formatGrant } from '../core/scope/grants.ts';
import type { CommandQuestion, Taken } from '../store/questions.ts';
import { endOf, type Widening } from '../widening.ts';
import { grantsInWords, listed, placeInWords, type Say, shortened, timeLeft } from './words.ts';

/** A question as a person reads it: in one sentence, and then with all there is to it. */
export interface Asking {
  readonly message: string;
  readonly title: string;
  readonly detail: readonly string[];
  readonly losesData: boolean;
  readonly yes: string;
  /** The yes where data can be lost, which says so. */
  readonly yesToLoss: string;
}

/**
 * What an agent wrote is quoted: nobody should take its reason for ours. Addresses may hold any character, and all are
 * shown.
 */
export function scopeInWords(widening: Widening, now: number, say: Say): Asking {
  const { path, grants, kept } = widening;
  const [asker, reason] = [clean(widening.asker), clean(widening.reason)];
  const atStake = widening.atStake.map((one) => placeInWords(one, say));
  const time = timeLeft(endOf(widening, now) - now, say);
  const wanted = listed(shortened(grants.map(formatGrant), grantsShown, say), say);
  const lost = say('DATA CAN BE LOST: {0}.', listed(shortened(atStake, namesShown, say), say));
  const losesData = atStake.length > 0;
  return {
    message: printable(
      [
        say('{0}: {1} asks to be allowed: {2}.', path, asker, wanted),
        ...(losesData ? [lost] : []),
        say('Its reason: “{0}”', reason),
      ].join(' '),
    ),
    title: printable(say('Allow this in {0} for {1}?', path, time)),
    detail: [
      ...(losesData ? [lost, ''] : []),
      ...grants.flatMap((grant) => [formatGrant(grant), `    ${meaningOf(grant, say)}`]),
      '',
      say('{0} gives as its reason: “{1}”', asker, reason),
      ...(kept === undefined
        ? []
        : [say('Allowed already, and then for as long: {0}.', grantsInWords(kept.grants, say))]),
    ].map(printable),
    losesData,
    yes: say('Allow for {0}', time),
    yesToLoss: say('Allow, Data May Be Lost'),
  };
}

/** What a grant lets happen, as the table of the README has it. */
function meaningOf({ op, address }: Grant, say: Say): string {
  const isService = /^services\.[^.[]+$/.test(address);
  switch (op) {
    case 'add':
      return say('It may be added, with all that is in it.');
    case 'remove':
      return isService
        ? say('It may go, and with it what names it. Its volumes stay.')
        : say('It may go, with all that is in it.');
    case 'change':
      return say('Anything in it may change; it may not be removed.');
    case 'rename':
      return say('It may get this other name, and what names it with it.');
    default:
      return op satisfies never;
  }
}

/** What a command would take away, stored data first. */
export function commandInWords(question: CommandQuestion, say: Say): Asking {
  const [text, asker] = [short(clean(question.text)), clean(question.asker)];
  const takes = [...question.takes].sort((one, other) => Number(other.dataLoss) - Number(one.dataLoss));
  const data = takes.filter(({ dataLoss }) => dataLoss).map(({ name }) => clean(name));
  const rest = takes.filter(({ dataLoss }) => !dataLoss).map(({ name }) => clean(name));
  const lost = say('DATA IS LOST: {0}.', listed(shortened(data, namesShown, say), say));
  return {
    message: [
      say('{0} wants to run “{1}”.', asker, text),
      ...(data.length > 0 ? [lost] : []),
      ...(rest.length > 0
        ? [say('Stopped or taken away: {0}.', listed(shortened(rest, namesShown, say), say))]
        : []),
    ].join(' '),
    title: say('Let {0} run this once?', asker),
    detail: [
      clean(question.text),
      ...titled(say('Data is lost:'), data, say),
      ...titled(say('Stopped or taken away:'), rest, say),
    ],
    losesData: data.length > 0,
    yes: say('Allow once'),
    yesToLoss: say('Allow Once, Data Is Lost'),
  };
}

/** For the record, which holds no values. */
export function commandOnRecord({ text, takes }: CommandQuestion): string {
  const named = takes.map(({ name, dataLoss }: Taken) => (dataLoss ? `${name} (data loss)` : name));
  return clean(`\`${text}\`: ${named.join('; ')}`);
}

function titled(title: string, names: readonly string[], say: Say): string[] {
  if (names.length === 0) return [];
  return ['', title, ...shortened(names, linesShown, say).map((name) => `    ${name}`)];
}

/** What comes from another program shows all its characters, and no secrets. */
function clean(text: string): string {
  return printable(redactText(text));
}

function short(text: string): string {
  return text.length <= longestCommand ? text : `${text.slice(0, longestCommand)}…`;
}

const grantsShown = 4;
const namesShown = 4;
const linesShown = 16;
const longestCommand = 120;
