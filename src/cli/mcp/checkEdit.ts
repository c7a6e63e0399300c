import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { encodeText } from '../../content.ts';
import { printable } from '../../core/printable.ts';
import { type Edit, isFirstVersion, judgeEdit } from '../../judging.ts';
import { plainJudgement } from '../formats/json.ts';
import { holdReason } from '../hookReview.ts';
import { counted, wordsFor } from '../words.ts';
import type { World } from '../world.ts';
import { answer } from './answer.ts';
import { acceptedContent, subjectAt } from './subject.ts';

export const checkEditInput = z.strictObject({
  path: z.string().min(1).max(4096).describe('The file of the project that is to be edited'),
  text: z
    .string()
    .nullable()
    .describe('The whole text that the file is to have; null where it is to be removed'),
});

export const checkEditOutput = z.looseObject({
  message: z.string(),
  path: z.string(),
  protected: z.boolean(),
  verdict: z.enum(['allow', 'ask', 'deny', 'undecided']),
  outside: z.array(z.string()).describe('What goes beyond the scope, in words'),
  changes: z.array(z.looseObject({ op: z.string(), address: z.string(), inScope: z.boolean() })),
  problems: z.array(z.looseObject({ message: z.string(), line: z.number() })),
  grants: z.array(z.looseObject({ op: z.string(), address: z.string() })),
});

/** The judgement that a text would get if an agent wrote it now. Nothing is written, kept or recorded. */
export async function checkEdit(
  folder: string,
  { path: asked, text }: z.infer<typeof checkEditInput>,
  world: World,
): Promise<CallToolResult> {
  const subject = await subjectAt(folder, asked, world);
  const { workspace, path, kind } = subject;
  if (kind === undefined) {
    const free = { verdict: 'allow', outside: [], changes: [], problems: [], grants: [] };
    return answer(
      { path, protected: false, ...free },
      printable(`${path} is not protected: edit it freely.`),
    );
  }
  const before = await acceptedContent(subject);
  const after = text === null ? undefined : encodeText(text);
  // Which session asks is not told here, so what any of them was ordered counts, as for a write that is found on disk.
  const edit: Edit = { path, after, road: 'disk', origin: { author: 'ai' } };
  const judged = await judgeEdit(workspace.ports, before, edit);
  const verdict = isFirstVersion(kind, before, judged) ? 'allow' : judged.verdict;
  const judgement = { ...judged, verdict };
  const outside = verdict === 'allow' ? [] : judgement.changes.filter(({ inScope }) => !inScope);
  const fields = {
    path,
    protected: true,
    outside: outside.map(({ op, path: at, dataLoss }) =>
      printable(`${op} ${wordsFor(at)}${dataLoss ? ' (data loss)' : ''}`),
    ),
    ...plainJudgement({ judgement, impact: await judgement.impact() }),
  };
  const right = `This edit of ${path} may be made: ${counted(judgement.changes.length, 'change')} in meaning.`;
  return answer(fields, verdict === 'allow' ? printable(right) : holdReason(path, judgement));
}
