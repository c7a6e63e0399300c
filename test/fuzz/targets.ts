import { type Chance, chanceFrom } from '../unit/core/mutation/chance.ts';
import { judgeCheck, judgeInput } from './judging.ts';
import { payloadCheck, payloadInput } from './payloads.ts';
import { policyCheck, policyInput, settingsCheck, settingsInput } from './settings.ts';
import { StorePlace } from './store.ts';

/** Something that reads what others have written. */
interface Target<Input> {
  readonly name: string;
  /** How many of twenty inputs are for it. */
  readonly share: number;
  input(chance: Chance): Input;
  /** Says what came out; throws where that must not be. */
  check(input: Input): Promise<string>;
}

/** One input: the same for the same seed and number, on every machine. */
export interface Try {
  readonly target: string;
  readonly input: unknown;
  check(): Promise<string>;
}

export async function openTargets(): Promise<{ tryAt(seed: number, number: number): Try; close(): void }> {
  const store = await StorePlace.open();
  const targets = [
    target({ name: 'judge', share: 11, input: judgeInput, check: judgeCheck }),
    target({ name: 'settings', share: 1, input: settingsInput, check: settingsCheck }),
    target({ name: 'policy', share: 1, input: policyInput, check: policyCheck }),
    target({
      name: 'store',
      share: 3,
      input: (chance) => store.input(chance),
      check: (input) => store.check(input),
    }),
    target({ name: 'payload', share: 4, input: payloadInput, check: payloadCheck }),
  ];
  const slots = targets.flatMap((one) => Array.from({ length: one.share }, () => one));
  return {
    tryAt: (seed, number) => {
      const slot = slots[number % slots.length];
      if (slot === undefined) throw new Error('there is no target');
      return slot(chanceFrom(seed, `${number}`));
    },
    close: () => store.close(),
  };
}

function target<Input>({ name, share, input, check }: Target<Input>) {
  const tryWith = (chance: Chance): Try => {
    const made = input(chance);
    return { target: name, input: made, check: () => check(made) };
  };
  return Object.assign(tryWith, { share });
}
