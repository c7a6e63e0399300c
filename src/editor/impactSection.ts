import type { Impact } from '../core/diff/change.ts';
import type { Affected, AffectedReason } from '../core/diff/reasons.ts';
import { escaped, folded, foldedText } from './html.ts';
import type { Say } from './words.ts';

/** What the edit does to the running project, the worst first: who stops, what is stopped for a while, what is left. */
export function impactSection(impact: Impact, say: Say): string {
  const passing = impact.cascade.filter(({ reason }) => isPassing.has(reason));
  const lasting = impact.cascade.filter(({ reason }) => !isPassing.has(reason));
  const recreated = (sign: string) =>
    impact.recreated
      .filter((name) => (/^[+-]/.exec(name)?.[0] ?? '') === sign)
      .map((name) => code(name.replace(/^[+-]/, '').replace(':', ' ')));
  const published = impact.unpublishedPorts.map(
    ({ service, published }) => `${code(service)} ${escaped(published)}`,
  );
  const dangling = impact.danglingReferences.map(({ from, to }) => `${code(from)} → ${code(to)}`);
  const rows: readonly (readonly [title: string, shown: string])[] = [
    [say('Stops working'), lines(byService(lasting, say), say)],
    [say('Names nothing'), lines(dangling, say)],
    [say('Interrupted'), lines(byService(passing, say), say)],
    [say('Made anew'), inOneLine(recreated(''), say)],
    [say('No longer published'), inOneLine(published, say)],
    [say('Mounted by nobody'), inOneLine(impact.orphanedVolumes.map(code), say)],
    [say('New'), inOneLine(recreated('+'), say)],
    [say('Left behind'), inOneLine(recreated('-'), say)],
  ];
  const shown = rows.filter(([, text]) => text !== '');
  if (shown.length === 0) return '';
  return `<section class="impact">
<h2>${escaped(say('In the running project'))}</h2>
<dl>${shown.map(([title, text]) => `<dt>${escaped(title)}</dt><dd>${text}</dd>`).join('\n')}</dl>
</section>`;
}

/** These services run again by themselves. */
const isPassing: ReadonlySet<AffectedReason> = new Set<AffectedReason>([
  'recreated-with',
  'restarted-with',
  'network-recreated',
  'volume-replaced',
]);

/** Each service once, with the worst that happens to it. */
function byService(affected: readonly Affected[], say: Say): readonly string[] {
  const services = [...new Set(affected.map(({ service }) => service))];
  return services.map((service) => {
    const reasons = affected.filter((one) => one.service === service).map(({ message }) => escaped(message));
    return `${code(service)} ${foldedText([...new Set(reasons)], reasonsShown, '; ', say)}`;
  });
}

const reasonsShown = 2;

function lines(items: readonly string[], say: Say): string {
  if (items.length === 0) return '';
  const rows = items.map((html) => `<li>${html}</li>`);
  return `<ul>${folded(rows, itemsShown, say)}</ul>`;
}

function inOneLine(items: readonly string[], say: Say): string {
  return foldedText(items, itemsShown, ', ', say);
}

const itemsShown = 4;

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}
