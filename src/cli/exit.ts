import type { Verdict } from '../core/verdict/judgement.ts';

/** What the process says to the program that started it. Scripts rely on these four numbers. */
export const exit = {
  /** Nothing changed in meaning, or everything that changed is allowed. */
  allowed: 0,
  /** The edit is held: somebody has to be asked, or the answer is no. For `diff`: something changed. */
  held: 1,
  /** The command line is wrong. Nothing was looked at. */
  usage: 2,
  /** The command line is right and the question could not be answered. Never to be read as a yes. */
  undecided: 3,
} as const;

/** What a command comes to. The process ends with it once everything is written. */
export type ExitCode = (typeof exit)[keyof typeof exit];

/** `ask` and `deny` are one code: whoever reads it may not go on, whatever the reason. */
export function exitFor(verdict: Verdict): ExitCode {
  switch (verdict) {
    case 'allow':
      return exit.allowed;
    case 'ask':
    case 'deny':
      return exit.held;
    case 'undecided':
      return exit.undecided;
  }
}
