import type { Say } from './words.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as a page shows it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Rows of a list, the first of them open to view. One row is never hidden alone: the line that hides it is as long. */
export function folded(rows: readonly string[], most: number, say: Say): string {
  if (rows.length <= most + 1) return rows.join('\n');
  const more = escaped(say('{0} more', rows.length - most));
  return `${rows.slice(0, most).join('\n')}
<li><details><summary class="more">${more}</summary><ul>${rows.slice(most).join('\n')}</ul></details></li>`;
}

/** The same in running text: the first of the parts, and the rest a click away. */
export function foldedText(parts: readonly string[], most: number, between: string, say: Say): string {
  if (parts.length <= most + 1) return parts.join(between);
  const more = escaped(say('{0} more', parts.length - most));
  const [first, rest] = [parts.slice(0, most), parts.slice(most)];
  return `<details><summary>${first.join(between)} <span class="more">${more}</span></summary>${between}${rest.join(between)}</details>`;
}
