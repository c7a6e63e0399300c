import type { Answer, HookCall } from './hook.ts';
import { inTime } from './hookTime.ts';

/** Everything that is answered with more than a pass. Each kind is loaded by itself: a hook has no time to lose. */
export async function answerCall(call: HookCall): Promise<Answer> {
  const { announced } = call;
  switch (announced.kind) {
    case 'edits': {
      const { answerEdits } = await import('./hookReview.ts');
      return answerEdits(call, announced.proposals);
    }
    case 'command': {
      const { answerCommand } = await import('./hookCommand.ts');
      return answerCommand(call, announced);
    }
    case 'prompt': {
      const { answerPrompt } = await import('./hookPrompt.ts');
      return inTime(answerPrompt(call, announced.text));
    }
    case 'after': {
      const { answerAfter } = await import('./hookAfter.ts');
      return inTime(answerAfter(call));
    }
    case 'start': {
      const { answerStart } = await import('./hookPrompt.ts');
      return inTime(answerStart(call));
    }
    case 'end': {
      const { answerEnd } = await import('./hookPrompt.ts');
      return inTime(answerEnd(call));
    }
  }
}
