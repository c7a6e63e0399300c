import type { Option } from './command.ts';

/** Options that several commands share. */
export const pairOptions = {
  as: { value: 'NAME', about: "Which file the texts are versions of; BEFORE's name by default." },
} as const satisfies Record<string, Option>;

export const effectiveOptions = {
  env: {
    value: 'NAME=VALUE',
    many: true,
    about: 'A variable beside those of .env; the environment of this command is never used.',
  },
} as const satisfies Record<string, Option>;

export const scopeOptions = {
  scope: {
    value: 'GRANT',
    many: true,
    about: 'What may change, for example "remove service l9-postgres".',
  },
  request: {
    value: 'PROSE',
    about: 'What was asked for, in plain words; only what is sure becomes a grant.',
  },
} as const satisfies Record<string, Option>;
