import type { Entries, Entry } from './entries.ts';
import type { JsonValue } from './jsonText.ts';

/** A handler as a host wants it: which event, with what settings of its own. */
export interface Event {
  readonly name: string;
  /** Which tools it is for, in the host's language; without it for all. */
  readonly matcher?: string;
  readonly settings?: Readonly<Record<string, JsonValue>>;
}

/** Lists by event of groups with a matcher and handlers, as Claude Code has made them and others have taken over. */
export function groupedHooks(
  events: readonly Event[],
  handler: Readonly<Record<string, JsonValue>>,
): Entries {
  return entriesOf(
    events.map(({ name, matcher, settings }) => ({
      path: ['hooks', name],
      value: { ...(matcher === undefined ? {} : { matcher }), hooks: [{ ...handler, ...settings }] },
    })),
  );
}

/** Lists by event of handlers. */
export function plainHooks(events: readonly Event[], handler: Readonly<Record<string, JsonValue>>): Entries {
  return entriesOf(
    events.map(({ name, matcher, settings }) => ({
      path: ['hooks', name],
      value: { ...handler, ...(matcher === undefined ? {} : { matcher }), ...settings },
    })),
  );
}

export function entriesOf(elements: readonly Entry[], frame: readonly Entry[] = []): Entries {
  return { elements, properties: [], frame };
}

/** Long enough for a person to answer where the hook may ask one; the hook's own deadline is far shorter. */
export const secondsToAnswer = 60;

/** Long enough for what only has to be noted. */
export const secondsToNote = 15;
