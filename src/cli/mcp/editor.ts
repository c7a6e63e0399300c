import type { Workspace } from '../workspace.ts';
import type { Question } from './question.ts';

/** What a person in the editor said; `nobody` where no editor is open on the folder that could ask. */
export type EditorsWord = 'approved' | 'refused' | 'unanswered' | 'nobody';

/** The editor cannot be asked from another process yet, so there is nobody to ask. */
export async function askEditor(_workspace: Workspace, _question: Question): Promise<EditorsWord> {
  return 'nobody';
}
