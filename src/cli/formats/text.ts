import type { Impact } from '../../core/diff/change.ts';
import { parseAddress } from '../../core/model/address.ts';
import type { Severity } from '../../core/model/document.ts';
import { printable } from '../../core/printable.ts';
import { formatGrant } from '../../core/scope/grants.ts';
import type { JudgedChange, Judgement } from '../../core/verdict/judgement.ts';
import { adviceOn, counted, findingLines, signs, wordsFor } from '../words.ts';
import { type Paint, wrap } from './paint.ts';
import { problemsBeside, type Report } from './report.ts';

/**
 * Tells a person about one edit: the verdict first, then what must not be overlooked, what it would do, what is fine,
 * and last what to do now.
 */
export function formatText(report: Report, paint: Paint, next: string): string {
  const { file, judgement, impact } = report;
  const outside = judgement.changes.filter(({ inScope }) => !inScope);
  const implied = judgement.changes.filter(({ impliedBy }) => impliedBy !== undefined);
  const inScope = judgement.changes.filter((change) => change.inScope && change.impliedBy === undefined);
  const groups = [
    group(titleFor(judgement), outside, paint),
    problemLines(report, 'error', paint),
    impactLines(impact, paint),
    problemLines(report, 'warning', paint),
    group('In scope', inScope, paint),
    group('Comes with it', implied, paint),
    judgement.grants.length > 0 ? [grantLine(judgement, paint)] : [],
    next === '' ? [] : [wrap(next, 0, paint.width)],
  ];
  const blocks = groups.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${[verdictLine(file, judgement, paint), ...blocks].join('\n\n')}\n`;
}

/** What changed, with no word about what is allowed. */
export function formatDiffText(report: Report, paint: Paint): string {
  const { file, judgement, impact } = report;
  const { changes, verdict } = judgement;
  const name = paint.bold(printable(file));
  const head =
    changes.length > 0
      ? `${name}: ${counted(changes.length, 'change')} in meaning${lossCount(changes)}`
      : verdict === 'undecided'
        ? verdictLine(file, judgement, paint)
        : `${name}: nothing changed in meaning`;
  const blocks = [
    changes.flatMap((change) => changeLines(change, paint)),
    problemLines(report, 'error', paint),
    impactLines(impact, paint),
    problemLines(report, 'warning', paint),
  ];
  return `${[head, ...blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))].join('\n\n')}\n`;
}

/**
 * `file:line:column: message`, as compilers write it and editors make it a link: why a text could not be read. What
 * Compose would say of one that can be read is part of the report.
 */
export function formatProblems({ before, after, judgement }: Report): string {
  return judgement.problems
    .filter(({ ofModel }) => !ofModel)
    .map(({ side, line, column, message, code }) => {
      const file = side === 'before' ? before : after;
      return `${printable(`${file}:${line}:${column}: ${message} (${code}): ${adviceOn(code)}`)}.\n`;
    })
    .join('');
}

function verdictLine(file: string, { verdict, changes, problems }: Judgement, paint: Paint): string {
  const outside = changes.filter(({ inScope }) => !inScope);
  const name = printable(file);
  switch (verdict) {
    case 'allow':
      if (changes.length === 0) return `${paint.green('ALLOWED')} ${name}: nothing changed in meaning`;
      if (outside.length > 0)
        return `${paint.green('ALLOWED')} ${name}: ${counted(changes.length, 'change')}`;
      return `${paint.green('ALLOWED')} ${name}: ${counted(changes.length, 'change')}, all in scope`;
    case 'ask':
      return `${paint.yellow(paint.bold('HELD'))} ${name}: ${countOutside(outside, changes)} nobody asked for${lossCount(outside)}`;
    case 'deny':
      return `${paint.red(paint.bold('HELD'))} ${name}: ${countOutside(outside, changes)} outside the scope${lossCount(outside)}`;
    case 'undecided':
      return `${paint.red(paint.bold('UNDECIDED'))} ${name}: ${problems.some(({ ofModel }) => ofModel) ? 'Compose would no longer load it' : 'it could not be judged, so nothing is allowed'}`;
  }
}

/** With everything outside, "of" would say the same number twice. */
function countOutside(outside: readonly JudgedChange[], all: readonly JudgedChange[]): string {
  if (outside.length === all.length) return counted(all.length, 'change');
  return `${outside.length} of ${counted(all.length, 'change')}`;
}

function lossCount(changes: readonly JudgedChange[]): string {
  const count = changes.filter(({ dataLoss }) => dataLoss).length;
  return count === 0 ? '' : `, ${count} with data loss`;
}

function titleFor({ verdict }: Judgement): string {
  if (verdict === 'allow' || verdict === 'undecided') return 'What changes';
  return verdict === 'ask' ? 'Not asked for' : 'Outside the scope';
}

function group(title: string, changes: readonly JudgedChange[], paint: Paint): string[] {
  if (changes.length === 0) return [];
  return [paint.bold(title), ...changes.flatMap((change) => changeLines(change, paint))];
}

function changeLines(change: JudgedChange, paint: Paint): string[] {
  const { op, path, renamedTo, impliedBy, inScope } = change;
  const target = renamedTo === undefined ? '' : ` to ${wordsFor(renamedTo)}`;
  const what = `  ${signs[op]} ${printable(`${op} ${wordsFor(path)}${target}`)}`;
  if (inScope) {
    const why = impliedBy === undefined ? '' : `, as "${printable(impliedBy)}" needs`;
    const mark = change.dataLoss ? lossMark(change, paint) : '';
    return [`${what}${why}${mark}`, ...(impliedBy === undefined ? warningLines(change, paint) : [])];
  }
  const about = valueLines(change).map((line) => `      ${paint.dim(wrap(printable(line), 6, paint.width))}`);
  return [`${what}${lossMark(change, paint)}`, ...about, ...warningLines(change, paint)];
}

function warningLines(change: JudgedChange, paint: Paint): string[] {
  return findingLines(change).map(
    (line) => `      ${paint.yellow('!')} ${wrap(printable(line), 8, paint.width)}`,
  );
}

function lossMark({ loss, dataLoss }: JudgedChange, paint: Paint): string {
  if (dataLoss) return `  ${paint.red(paint.bold('data loss'))}`;
  return loss ? `  ${paint.yellow('loss')}` : '';
}

function valueLines({ op, from, to, details, path }: JudgedChange): string[] {
  if (op === 'changed') return [`from ${shown(from)}`, `to   ${shown(to)}`];
  if (details.length > 0) return [namedFirst(details)];
  const label = op === 'added' ? to : from;
  return op === 'renamed' || label === undefined || label === '' || label === path.at(-1) ? [] : [label];
}

/** One line that tells what a thing was: what it ran, published and stored comes before how it was tuned. */
function namedFirst(details: readonly string[]): string {
  const telling = details.filter((detail) => /^(image|build|port|mount) /.test(detail));
  const first = [...telling, ...details.filter((detail) => !telling.includes(detail))].slice(0, mostDetails);
  const more = details.length - first.length;
  return first.join(', ') + (more > 0 ? `, and ${more} more` : '');
}

const mostDetails = 5;

function shown(value: string | undefined): string {
  return value === undefined || value === '' ? '(nothing)' : value;
}

const problemTitles = {
  error: 'Compose would not load it',
  warning: 'Would go wrong',
} as const;

function problemLines({ judgement, impact }: Report, wanted: Severity, paint: Paint): string[] {
  const lines = problemsBeside(judgement, impact.danglingReferences)
    .filter(({ ofModel, severity }) => ofModel && severity === wanted)
    .map(({ line, message, code }) => `line ${line}: ${message}: ${adviceOn(code)}`);
  if (lines.length === 0) return [];
  return [
    paint.bold(problemTitles[wanted]),
    ...lines.map((line) => `  * ${wrap(printable(line), 4, paint.width)}`),
  ];
}

/** Volumes and networks that come or go are changes of their own and not said twice. */
function impactLines(impact: Impact, paint: Paint): string[] {
  const dangling = impact.danglingReferences.map(
    ({ from, to, line }) => `line ${line}: ${inWords(from)} names ${inWords(to)}, which no longer exists`,
  );
  const recreated = impact.recreated.filter((name) => /^\w/.test(name)).map((name) => name.replace(':', ' '));
  const lines = [
    ...dangling,
    ...listed('no longer published', groupPorts(impact)),
    ...listed(
      'no longer mounted by any service',
      impact.orphanedVolumes.map((name) => `volume ${name}`),
    ),
    ...listed('recreated by the next up', recreated),
    ...cascadeLines(impact),
  ];
  if (lines.length === 0) return [];
  return [
    paint.bold('What it would do'),
    ...lines.map((line) => `  * ${wrap(printable(line), 4, paint.width)}`),
  ];
}

/** One line for each thing that happens to services, with all of them. What dangles has been told of. */
function cascadeLines({ cascade }: Impact): string[] {
  const byWords = new Map<string, string[]>();
  for (const { service, reason, message } of cascade) {
    if (reason !== 'undefined-dependency') byWords.set(message, [...(byWords.get(message) ?? []), service]);
  }
  return [...byWords].map(
    ([words, services]) => `service${services.length > 1 ? 's' : ''} ${services.join(', ')}: ${words}`,
  );
}

function inWords(address: string): string {
  const path = parseAddress(address);
  return path === undefined ? address : wordsFor(path);
}

/** One line for all, or none where there is nothing to list. */
function listed(words: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${words}: ${names.join(', ')}`];
}

/** A service is named once, with every port that it no longer offers. */
function groupPorts({ unpublishedPorts }: Impact): string[] {
  const byService = new Map<string, string[]>();
  for (const { service, published } of unpublishedPorts) {
    byService.set(service, [...(byService.get(service) ?? []), published]);
  }
  return [...byService].map(
    ([service, ports]) => `${service} port${ports.length > 1 ? 's' : ''} ${ports.join(' and ')}`,
  );
}

function grantLine({ grants }: Judgement, paint: Paint): string {
  return wrap(`Scope: ${printable(grants.map(formatGrant).join('; '))}`, 7, paint.width);
}
