import { kindOf } from '../core/model/kinds.ts';

/** The text of a first policy: what is found beyond the defaults is named, everything is explained. */
export function starterPolicy(paths: readonly string[]): string {
  const missing = families.filter(({ has }) =>
    paths.some((path) => has.test(path) && kindOf(path) === undefined && !foreign.test(path)),
  );
  const protect = missing.flatMap(({ globs, why }) => [
    `  # ${why}`,
    ...globs.map((glob) => `  - '${glob}'`),
  ]);
  return [
    '# What Infrahold protects in this folder, for everybody who works in it.',
    '# Compose files and this file are protected by default; here a team adds to that, or takes away.',
    '# Each glob is relative to this folder. One without a slash matches at any depth.',
    '',
    '# Protected as well. Such a file is compared as text, so every change of it needs a scope.',
    protect.length === 0 ? 'protect: []' : ['protect:', ...protect].join('\n'),
    '',
    '# Not protected after all, for example examples/** or test/fixtures/**.',
    'ignore: []',
    '',
  ].join('\n');
}

const foreign = /(?:^|\/)(?:node_modules|\.git|\.terraform|vendor)\//;

const families = [
  { has: /(?:^|\/)Dockerfile[^/]*$/, globs: ['Dockerfile*'], why: 'How images are built.' },
  { has: /\.tf(?:vars)?$/, globs: ['*.tf', '*.tfvars'], why: 'Terraform.' },
  {
    has: /^\.github\/workflows\/[^/]+\.ya?ml$/,
    globs: ['.github/workflows/*'],
    why: 'What CI runs, with its secrets.',
  },
  { has: /(?:^|\/)\.gitlab-ci\.yml$/, globs: ['.gitlab-ci.yml'], why: 'What CI runs, with its secrets.' },
  { has: /(?:^|\/)Caddyfile$/, globs: ['Caddyfile'], why: 'The reverse proxy.' },
  { has: /(?:^|\/)nginx[^/]*\.conf$/, globs: ['nginx*.conf'], why: 'The reverse proxy.' },
  { has: /(?:^|\/)\.env(?:\.[^/]*)?$/, globs: ['.env', '.env.*'], why: 'Variables of the environment.' },
  { has: /(?:^|\/)Chart\.yaml$/, globs: ['**/templates/**', 'values*.yaml'], why: 'A Helm chart.' },
] as const;
