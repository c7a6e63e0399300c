import type { Holding } from './holding.ts';
import { hostOf } from './hookLine.ts';

/** A hook that is a program of its own, or a plugin that starts ours, counts as a whole. */
export function scriptIn(text: string): Holding | undefined {
  if (!/^(?:\/\/|\/\*|#!|import\b|export\b|const\b|['"]use strict)/.test(text)) return undefined;
  const hooks = /infrahold/i.test(text) ? [['script', text] as const] : [];
  return { hooks: new Map(hooks), switches: new Map() };
}

/**
 * The hook tables of Codex that start ours, line by line without comments and blanks: a group begins with the table of
 * its event and ends with the next table that is not one of its handlers.
 */
export function tablesIn(text: string): Holding {
  const hooks = new Map<string, string>();
  const switches = new Map<string, boolean>();
  let group: { readonly event: string; readonly lines: string[] } | undefined;
  const close = () => {
    if (group?.lines.some((line) => hostOf(spoken(line)) !== undefined) === true) {
      const known = hooks.get(group.event);
      hooks.set(group.event, [...(known === undefined ? [] : [known]), ...group.lines].join('\n'));
    }
    group = undefined;
  };
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name] = /^\[\[?\s*([^\]]+?)\s*\]/.exec(line) ?? [];
    if (name !== undefined && !/^hooks\.[\w-]+\.hooks$/.test(name)) {
      close();
      if (name.startsWith('hooks.')) group = { event: name.slice('hooks.'.length), lines: [] };
    }
    if (group !== undefined) group.lines.push(line);
    else if (hostOf(spoken(line)) !== undefined) hooks.set(`line ${hooks.size + 1}`, line);
    const [, off] = /^(?:features\s*\.\s*)?"?((?:codex_|plugin_)?hooks)"?\s*=\s*false\b/.exec(line) ?? [];
    if (off !== undefined) switches.set(off, false);
  }
  close();
  return { hooks, switches };
}

/** A command inside quotes, where a quote of its own is escaped. */
function spoken(line: string): string {
  return line.replaceAll('\\"', '"');
}
