import type { Command } from './command.ts';

/** The list of commands: what a person sees who does not know where to begin. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'Infrahold keeps AI edits to infrastructure files inside the scope you declared.',
    '',
    'Usage: infrahold COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'infrahold help COMMAND tells more about one of them; infrahold --version tells which one this is.',
    'Exit codes: 0 allowed, 1 held, 2 wrong usage, 3 could not decide.',
    '',
  ].join('\n');
}

/** Everything about one command, from the same object that routes to it, so that the two cannot disagree. */
export function helpFor(command: Command): string {
  const names = Object.entries(command.options).map(([name, option]) => ({
    left: option.value === undefined ? `--${name}` : `--${name} ${option.value}`,
    about:
      option.about +
      choicesOf(option.choices) +
      (option.many === true ? ' Can be given more than once.' : ''),
  }));
  const width = Math.max(0, ...names.map(({ left }) => left.length));
  return [
    `infrahold ${command.name}: ${command.summary}`,
    '',
    ...command.usage.map((line, index) => `${index === 0 ? 'Usage: ' : '       '}infrahold ${line}`),
    ...(names.length > 0 ? ['', 'Options:'] : []),
    ...names.map(({ left, about }) => `  ${left.padEnd(width)}  ${about}`),
    ...(command.notes ?? []).flatMap((note) => ['', note]),
    '',
  ].join('\n');
}

function choicesOf(choices: readonly string[] | undefined): string {
  return choices === undefined ? '' : ` One of ${choices.join(', ')}.`;
}
