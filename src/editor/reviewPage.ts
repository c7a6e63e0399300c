import type { Impact } from '../core/diff/change.ts';
import { type Finding, type FindingCode, findingCodes } from '../core/diff/findings/codes.ts';
import { gravestIn, groupOf } from '../core/diff/findings/gravity.ts';
import type { EntityKind } from '../core/model/document.ts';
import type { JudgedChange, Judgement, SidedProblem } from '../core/verdict/judgement.ts';
import { broughtProblems } from '../core/verdict/loading.ts';
import { escaped, folded, foldedText } from './html.ts';
import { impactSection } from './impactSection.ts';
import type { Say } from './words.ts';
import { describe } from './words.ts';

/** Everything the page shows of a held edit; texts are plain and are escaped here. */
export interface ReviewContent {
  readonly path: string;
  readonly summary: string;
  readonly author: string;
  readonly scope: string;
  readonly judgement: Judgement;
  readonly impact: Impact;
}

export interface PageFrame {
  readonly nonce: string;
  readonly cspSource: string;
  readonly style: string;
  readonly script: string;
  readonly language: string;
}

/** The whole page. It works without a script for reading; the script only passes on clicks and keys. */
export function reviewPage(content: ReviewContent, frame: PageFrame, say: Say): string {
  const groups = grouped(content.judgement.changes, say);
  const policy = `default-src 'none'; style-src ${frame.cspSource}; script-src 'nonce-${frame.nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escaped(frame.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${frame.style}">
<title>${escaped(content.path)}</title>
</head>
<body>
<header>
<p class="path">${escaped(content.path)} <span class="author">${escaped(content.author)}</span></p>
<h1>${escaped(content.summary)}</h1>
<p class="scope"><span class="label">${escaped(say('Scope'))}</span> ${escaped(content.scope)}</p>
</header>
<nav aria-label="${escaped(say('Choices'))}">${buttons(say)}</nav>
<main>
${problems(broughtProblems(content.judgement), say)}
${sections(
  groups.filter(({ id }) => id !== 'in-scope'),
  say,
)}
${impactSection(content.impact, say)}
${sections(
  groups.filter(({ id }) => id === 'in-scope'),
  say,
)}
</main>
<script nonce="${frame.nonce}" src="${frame.script}"></script>
</body>
</html>`;
}

/** The order people need: what hurts most, then what is merely different, then what was asked for. */
export function grouped(changes: readonly JudgedChange[], say: Say): readonly Group[] {
  const titles: readonly (readonly [id: string, title: string])[] = [
    ['data-loss', say('Data loss')],
    ['lost', say('Lost')],
    ['rights', say('More rights for a container')],
    ['host', say('Led to the host')],
    ['ports', say('Ports')],
    ['health', say('Health and restarts')],
    ['changed', say('Changed')],
    ['added', say('Added')],
    ['in-scope', say('In scope or implied')],
  ];
  return titles
    .map(([id, title]) => ({
      id,
      title,
      changes: changes.filter((change) => groupIdOf(change) === id).sort(byKind),
    }))
    .filter((group) => group.changes.length > 0);
}

/** Where a change stands: by what is found in it, and without that by what it does. */
function groupIdOf(change: JudgedChange): string {
  if (change.inScope) return 'in-scope';
  if (change.dataLoss) return 'data-loss';
  const found = gravestIn(change);
  const group = found && groupOf(found.code);
  if (group === 'rights' || group === 'host' || group === 'health') return group;
  if (change.loss) return 'lost';
  if (group === 'ports') return group;
  return change.op === 'added' ? 'added' : 'changed';
}

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly changes: readonly JudgedChange[];
}

const kindsFirst: readonly EntityKind[] = [
  'service',
  'volume',
  'port',
  'network',
  'mount',
  'environment',
  'dependency',
];

function byKind(one: JudgedChange, other: JudgedChange): number {
  return rank(one) - rank(other);
}

function rank({ kind }: JudgedChange): number {
  const at = kindsFirst.indexOf(kind);
  return at < 0 ? kindsFirst.length : at;
}

function buttons(say: Say): string {
  const choices = [
    ['keep', say('Keep only what was asked'), 'primary'],
    ['put-back', say('Put back'), ''],
    ['approve', say('Approve…'), ''],
    ['diff', say('Text diff'), 'link'],
  ] as const;
  return choices
    .map(
      ([id, label, style]) =>
        `<button type="button" data-choice="${id}" class="${style}">${escaped(label)}</button>`,
    )
    .join('\n');
}

function sections(groups: readonly Group[], say: Say): string {
  return groups
    .map(({ id, title, changes }) => {
      const shared = changes.length > 1 ? sharedFinding(changes) : undefined;
      const rows = changes.map((change) => row(change, shared, say));
      return `<section class="${id}">
<h2>${escaped(title)} <span class="count">${changes.length}</span></h2>
${shared === undefined ? '' : finding(shared)}
<ul>${folded(rows, rowsShown, say)}</ul>
</section>`;
    })
    .join('\n');
}

const rowsShown = 6;

/** What is found in each change of a group is said once, over all of them. */
function sharedFinding(changes: readonly JudgedChange[]): Finding | undefined {
  const [first, ...rest] = changes.map(({ findings }) => findings.map(finding));
  const found = changes[0]?.findings.find((_, at) =>
    rest.every((lines) => lines.includes(first?.[at] ?? '')),
  );
  return found && !saidByValues.has(found.code) ? found : undefined;
}

/** Some messages are but a name, and need the code's own words before it. */
function finding({ code, message }: Finding): string {
  const told = message.includes(' ') ? message : `${findingCodes[code]}: ${message}`;
  return `<p class="finding">${marked(told)} <code title="${escaped(findingCodes[code])}">${code}</code></p>`;
}

/** Commands and keys in a message stand between backticks. */
function marked(message: string): string {
  return escaped(message).replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** The values of the change, or the impact, say the same. */
const saidByValues: ReadonlySet<FindingCode> = new Set(['port-published', 'port-unpublished', 'port-moved']);

function row(change: JudgedChange, shared: Finding | undefined, say: Say): string {
  const place = change.after ?? change.before;
  const side = change.after === undefined ? 'before' : 'after';
  const title = escaped(describe(change, say));
  const head =
    place === undefined
      ? `<span class="name">${title}</span>`
      : `<a href="#" class="name" data-line="${place.line}" data-side="${side}" title="${escaped(say('Line {0}', place.line))}">${title}</a>`;
  const findings = change.findings
    .filter(({ code, message }) => !saidByValues.has(code) && message !== shared?.message)
    .map(finding);
  return `<li>${head}${findings.join('')}${values(change)}${details(change, say)}</li>`;
}

function values({ op, from, to }: JudgedChange): string {
  if (op !== 'changed' || (from === undefined && to === undefined)) return '';
  return `<div class="values"><del>${escaped(from ?? '')}</del><ins>${escaped(to ?? '')}</ins></div>`;
}

function details(change: JudgedChange, say: Say): string {
  const implied = change.impliedBy === undefined ? [] : [say('implied by: {0}', change.impliedBy)];
  const lines = [...implied, ...change.details].map(escaped);
  if (lines.length === 0) return '';
  return `<div class="details">${foldedText(lines, detailsShown, ' · ', say)}</div>`;
}

const detailsShown = 3;

function problems(found: readonly SidedProblem[], say: Say): string {
  if (found.length === 0) return '';
  const isReadable = found.every(({ ofModel }) => ofModel);
  const isWarned = found.every(({ severity }) => severity === 'warning');
  const title = !isReadable
    ? say('Cannot be judged')
    : isWarned
      ? say('Will not work as it stands')
      : say('Compose would no longer load the file');
  const rows = found.map(
    ({ message, line }) =>
      `<li><a href="#" class="name" data-line="${line}" data-side="after">${escaped(say('Line {0}', line))}</a> ${escaped(message)}</li>`,
  );
  return `<section class="data-loss"><h2>${escaped(title)}</h2><ul>${folded(rows, rowsShown, say)}</ul></section>`;
}
