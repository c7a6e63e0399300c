import type { Impact } from '../core/diff/change.ts';
import type { EntityKind } from '../core/model/document.ts';
import type { JudgedChange, Judgement, SidedProblem } from '../core/verdict/judgement.ts';
import { broughtProblems } from '../core/verdict/loading.ts';
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
${groups(content.judgement.changes, say)}
${impact(content.impact, say)}
</main>
<script nonce="${frame.nonce}" src="${frame.script}"></script>
</body>
</html>`;
}

/** The order people need: what hurts most, then what is merely different, then what was asked for. */
export function grouped(changes: readonly JudgedChange[], say: Say): readonly Group[] {
  const open = changes.filter((change) => !change.inScope);
  const quiet = open.filter((change) => !change.loss && !change.dataLoss);
  const all: Group[] = [
    { id: 'data-loss', title: say('Data loss'), changes: open.filter((change) => change.dataLoss) },
    { id: 'lost', title: say('Lost'), changes: open.filter((change) => change.loss && !change.dataLoss) },
    { id: 'changed', title: say('Changed'), changes: quiet.filter((change) => change.op !== 'added') },
    { id: 'added', title: say('Added'), changes: quiet.filter((change) => change.op === 'added') },
    {
      id: 'in-scope',
      title: say('In scope or implied'),
      changes: changes.filter((change) => change.inScope),
    },
  ];
  return all
    .filter((group) => group.changes.length > 0)
    .map((group) => ({ ...group, changes: [...group.changes].sort(byKind) }));
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

function groups(changes: readonly JudgedChange[], say: Say): string {
  return grouped(changes, say)
    .map(
      (group) => `<section class="${group.id}">
<h2>${escaped(group.title)} <span class="count">${group.changes.length}</span></h2>
<ul>${group.changes.map((change) => row(change, say)).join('\n')}</ul>
</section>`,
    )
    .join('\n');
}

function row(change: JudgedChange, say: Say): string {
  const place = change.after ?? change.before;
  const side = change.after === undefined ? 'before' : 'after';
  const title = escaped(describe(change, say));
  const head =
    place === undefined
      ? `<span class="name">${title}</span>`
      : `<a href="#" class="name" data-line="${place.line}" data-side="${side}" title="${escaped(say('Line {0}', place.line))}">${title}</a>`;
  return `<li>${head}${values(change)}${details(change, say)}</li>`;
}

function values({ op, from, to }: JudgedChange): string {
  if (op !== 'changed' || (from === undefined && to === undefined)) return '';
  return `<div class="values"><del>${escaped(from ?? '')}</del><ins>${escaped(to ?? '')}</ins></div>`;
}

function details(change: JudgedChange, say: Say): string {
  const implied = change.impliedBy === undefined ? [] : [say('implied by: {0}', change.impliedBy)];
  const lines = [...change.details, ...implied];
  return lines.length === 0 ? '' : `<p class="details">${lines.map(escaped).join(' · ')}</p>`;
}

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
  return `<section class="data-loss"><h2>${escaped(title)}</h2><ul>${rows.join('\n')}</ul></section>`;
}

function impact(found: Impact, say: Say): string {
  const rows = [
    ...found.unpublishedPorts.map(({ service, published }) =>
      say('{0} no longer publishes port {1}', service, published),
    ),
    ...found.orphanedVolumes.map((volume) => say('volume {0} is mounted by no service any more', volume)),
    ...found.danglingReferences.map(({ from, to }) => say('{0} names {1}, which does not exist', from, to)),
  ];
  const recreated = found.recreated.map((name) => `<code>${escaped(name)}</code>`).join(' ');
  if (rows.length === 0 && recreated === '') return '';
  const last =
    recreated === ''
      ? ''
      : `<li>${escaped(say('Recreated, created (+) or left behind (-):'))} ${recreated}</li>`;
  return `<section class="impact"><h2>${escaped(say('Impact'))}</h2><ul>${rows.map((line) => `<li>${escaped(line)}</li>`).join('\n')}${last}</ul></section>`;
}

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
