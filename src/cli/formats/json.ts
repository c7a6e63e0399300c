import type { Grant } from '../../core/scope/grant.ts';
import type { JudgedChange } from '../../core/verdict/judgement.ts';
import { type Report, worstVerdict } from './report.ts';

/** One object for one file, in the shape other programs rely on. */
export function formatJson(report: Report): string {
  return `${JSON.stringify({ schema: 1, ...plainJudgement(report) }, null, 2)}\n`;
}

/** The same object over all files, with `files` beside it: an address alone does not tell which file it is in. */
export function formatJsonForFiles(reports: readonly Report[]): string {
  const judgements = reports.map(plainJudgement);
  const all = {
    schema: 1,
    verdict: worstVerdict(reports),
    changes: judgements.flatMap(({ changes }) => changes),
    impact: {
      unpublishedPorts: judgements.flatMap(({ impact }) => impact.unpublishedPorts),
      orphanedVolumes: judgements.flatMap(({ impact }) => impact.orphanedVolumes),
      danglingReferences: judgements.flatMap(({ impact }) => impact.danglingReferences),
      recreated: judgements.flatMap(({ impact }) => impact.recreated),
      cascade: judgements.flatMap(({ impact }) => impact.cascade),
    },
    problems: judgements.flatMap(({ problems }) => problems),
    grants: uniqueGrants(judgements.flatMap(({ grants }) => grants)),
    files: reports.map(({ file }, index) => ({ file, ...judgements[index] })),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/** `to` is there for a rename only. */
export function plainGrant({ op, address, to }: Grant) {
  return { op, address, ...(to === undefined ? {} : { to }) };
}

/** What is told of a judgement to other programs, on every road. */
export function plainJudgement({ judgement, impact }: Pick<Report, 'judgement' | 'impact'>) {
  const { verdict, changes, problems, grants } = judgement;
  const { unpublishedPorts, orphanedVolumes, danglingReferences, recreated, cascade } = impact;
  return {
    verdict,
    changes: changes.map(plainChange),
    impact: { unpublishedPorts, orphanedVolumes, danglingReferences, recreated, cascade },
    problems: problems.map(({ code, message, line, column, severity, stoodBefore }) => ({
      code,
      message,
      line,
      column,
      severity,
      stoodBefore,
    })),
    grants: grants.map(plainGrant),
  };
}

/** Every key is there in every change, `null` where there is nothing to say. */
function plainChange(change: JudgedChange) {
  return {
    op: change.op,
    kind: change.kind,
    address: change.address,
    from: change.from ?? null,
    to: change.to ?? null,
    loss: change.loss,
    dataLoss: change.dataLoss,
    inScope: change.inScope,
    impliedBy: change.impliedBy ?? null,
    before: change.before ?? null,
    after: change.after ?? null,
    details: change.details,
    findings: change.findings.map(({ code, message }) => ({ code, message })),
  };
}

/** The same scope holds for every file, and is listed once. */
function uniqueGrants<T>(grants: readonly T[]): T[] {
  return [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()];
}
