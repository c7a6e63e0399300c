import type { Position } from '../../core/model/document.ts';
import type { JudgedChange, SidedProblem } from '../../core/verdict/judgement.ts';
import { adviceOn, findingLines, wordsFor } from '../words.ts';
import { problemsBeside, type Report } from './report.ts';

/** A SARIF 2.1.0 log with one run: what code scanning shows beside the lines of a pull request. */
export function formatSarif(reports: readonly Report[], version: string): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Infrahold', version, rules: rules.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        results: reports.flatMap(resultsOf),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Code scanning shows an error where something is taken away, and a warning where something is only different. */
type Level = 'error' | 'warning';

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly level: Level;
}

const dataLoss: Rule = {
  id: 'data-loss',
  name: 'DataLossOutsideScope',
  about: 'A change outside the declared scope puts stored data out of reach.',
  level: 'error',
};
const loss: Rule = {
  id: 'loss',
  name: 'LossOutsideScope',
  about: 'A change outside the declared scope takes something away from the running system.',
  level: 'error',
};
const outsideScope: Rule = {
  id: 'outside-scope',
  name: 'OutsideScope',
  about: 'A change is not part of the declared scope.',
  level: 'warning',
};
const danglingReference: Rule = {
  id: 'dangling-reference',
  name: 'DanglingReference',
  about: 'The file names something that no longer exists in it.',
  level: 'error',
};
const undecided: Rule = {
  id: 'undecided',
  name: 'CouldNotBeJudged',
  about: 'The file could not be understood, so nothing about it is allowed.',
  level: 'error',
};
const notLoaded: Rule = {
  id: 'not-loaded',
  name: 'NotLoadedByCompose',
  about: 'Compose would no longer load the file.',
  level: 'error',
};
const goesWrong: Rule = {
  id: 'goes-wrong',
  name: 'GoesWrongLater',
  about: 'Compose loads the file, and something in it will not work.',
  level: 'warning',
};
const rules: readonly Rule[] = [
  dataLoss,
  loss,
  outsideScope,
  danglingReference,
  undecided,
  notLoaded,
  goesWrong,
];

function describeRule({ id, name, about, level }: Rule) {
  return { id, name, shortDescription: { text: about }, defaultConfiguration: { level } };
}

/** What is in scope is no result: code scanning is for what somebody must look at. */
function resultsOf({ file, judgement, impact }: Report) {
  const { changes, verdict } = judgement;
  const held = verdict === 'allow' ? [] : changes.filter(({ inScope }) => !inScope);
  const dangling = held.length === 0 ? [] : impact.danglingReferences;
  return [
    ...problemsBeside(judgement, dangling).map((problem) =>
      result(
        ruleForProblem(problem),
        `${problem.message}: ${adviceOn(problem.code)}.`,
        file,
        problem.side === 'after' ? problem : undefined,
      ),
    ),
    ...held.map((change) => result(ruleFor(change), messageOf(change), file, change.after)),
    ...dangling.map((reference) =>
      result(
        danglingReference,
        `${reference.from} names ${reference.to}, which no longer exists.`,
        file,
        reference,
      ),
    ),
  ];
}

function ruleForProblem({ ofModel, severity }: SidedProblem): Rule {
  if (!ofModel) return undecided;
  return severity === 'error' ? notLoaded : goesWrong;
}

function ruleFor(change: JudgedChange): Rule {
  if (change.dataLoss) return dataLoss;
  return change.loss ? loss : outsideScope;
}

function messageOf(change: JudgedChange): string {
  const { op, path, from, to, before, after } = change;
  const values = op === 'changed' ? `: from ${from ?? 'nothing'} to ${to ?? 'nothing'}` : '';
  const was = after === undefined && before !== undefined ? ` (line ${before.line} before the edit)` : '';
  return `${[`${op} ${wordsFor(path)}${values}${was}`, ...findingLines(change)].join('; ')}.`;
}

/** What is gone has no place in the new text; the result then stands at the first line of the file. */
function result(rule: Rule, text: string, file: string, place: Position | undefined) {
  const region =
    place === undefined ? { startLine: 1 } : { startLine: place.line, startColumn: place.column };
  return {
    ruleId: rule.id,
    ruleIndex: rules.indexOf(rule),
    level: rule.level,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
  };
}

/** A relative file becomes a relative reference; every name in it is escaped, so that a colon makes no scheme. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? `file://${path}` : path;
}
