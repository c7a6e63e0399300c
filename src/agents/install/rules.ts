import type { Policy } from '../../core/verdict/policy.ts';

/** What a rules file tells an agent: short, because it is read at every turn, and true under this policy. */
export function rulesText({ protect, ignore }: Pick<Policy, 'protect' | 'ignore'>): string {
  const globs = (list: readonly string[]) => list.map((glob) => `\`${glob}\``).join(', ');
  return [
    '## Infrahold',
    '',
    'Infrahold protects the infrastructure files of this project: Compose files' +
      `${protect.length > 0 ? `, ${globs(protect)}` : ''} and \`.infrahold.yml\`` +
      `${ignore.length > 0 ? `; not ${globs(ignore)}` : ''}.`,
    '',
    '- Each edit of such a file is judged by what it means. Comments, order and quoting may change freely.',
    '- Only what the person asked for is in scope. Leave every other service, volume, network, port and variable as it is.',
    '- When an edit is refused, read the reason: it names what was outside the scope. Make the edit again without that,' +
      ' or ask the person to declare a wider scope. Do not write the file in another way.',
    '- Never edit `.infrahold.yml` or the hook entries of Infrahold.',
  ].join('\n');
}
