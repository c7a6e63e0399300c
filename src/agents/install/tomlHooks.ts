import type { Event } from './hookEntries.ts';

/** Hook entries as tables of TOML. A list of tables may go on at the end of a file, whatever stands before it. */
export function tomlHooks(events: readonly Event[], command: string): string {
  return events
    .map(({ name, matcher, settings = {} }) =>
      [
        `[[hooks.${name}]]`,
        ...(matcher === undefined ? [] : [`matcher = ${quoted(matcher)}`]),
        `[[hooks.${name}.hooks]]`,
        'type = "command"',
        `command = ${quoted(command)}`,
        ...Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
      ].join('\n'),
    )
    .join('\n\n');
}

/** A basic string of TOML escapes as JSON does, for every character that a path can hold. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
