import type { JudgedChange } from '../../core/verdict/judgement.ts';
import { adviceOn, findingLines, wordsFor } from '../words.ts';
import { problemsBeside, type Report } from './report.ts';

/** Workflow commands: GitHub shows each as an annotation at the line of the file in the pull request. */
export function formatGithub(reports: readonly Report[]): string {
  return reports.flatMap(annotations).join('');
}

function annotations({ file, judgement, impact }: Report): string[] {
  const { changes, verdict } = judgement;
  const held = verdict === 'allow' ? [] : changes.filter(({ inScope }) => !inScope);
  const dangling = held.length === 0 ? [] : impact.danglingReferences;
  return [
    ...problemsBeside(judgement, dangling).map(({ side, line, column, severity, ofModel, message, code }) =>
      annotation(
        severity,
        side === 'after' ? { file, line, col: column } : { file },
        !ofModel
          ? 'Could not be judged'
          : severity === 'error'
            ? 'Not loaded by Compose'
            : 'Goes wrong later',
        `${message}: ${adviceOn(code)}`,
      ),
    ),
    ...held.map((change) =>
      annotation(change.loss ? 'error' : 'warning', place(file, change), titleOf(change), messageOf(change)),
    ),
    ...dangling.map(({ from, to, line, column }) =>
      annotation(
        'error',
        { file, line, col: column },
        'Reference to nothing',
        `${from} names ${to}, which no longer exists`,
      ),
    ),
  ];
}

/** What is gone has no line in the new file: the annotation stands at its top and the message tells where it was. */
function place(file: string, { after }: JudgedChange): Properties {
  return after === undefined ? { file, line: 1 } : { file, line: after.line, col: after.column };
}

/** Data loss is said in the title, which is all that some views show. */
function titleOf({ dataLoss }: JudgedChange): string {
  return dataLoss ? 'Data loss outside the scope' : 'Outside the scope';
}

function messageOf(change: JudgedChange): string {
  const { op, path, from, to, before, after } = change;
  const values = op === 'changed' ? `: from ${from ?? 'nothing'} to ${to ?? 'nothing'}` : '';
  const was = after === undefined && before !== undefined ? ` (was at line ${before.line})` : '';
  return [`${op} ${wordsFor(path)}${values}${was}`, ...findingLines(change)].join('; ');
}

/** What GitHub takes before the message; the line is left out where it is not known. */
interface Properties {
  readonly file: string;
  readonly line?: number;
  readonly col?: number;
}

function annotation(
  level: 'error' | 'warning',
  properties: Properties,
  title: string,
  message: string,
): string {
  const list = Object.entries({ ...properties, title })
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  return `::${level} ${list}::${escapeData(message)}\n`;
}

/** The runner reads these back; without them a name in a file could end the command and start another. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
