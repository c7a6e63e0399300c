import { randomUUID } from 'node:crypto';
import {
  type CallToolResult,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { widen } from '../../widening.ts';
import type { Client } from './client.ts';
import { askEditor } from './editor.ts';
import { mayElicit } from './elicitation.ts';
import { choicesFor, fingerprint, questionInWords } from './question.ts';
import { type Asked, outcome } from './requestScope.ts';
import { CallError } from './subject.ts';

/**
 * Has a person asked: in the editor where one is open, because there it is sure that a person answers, or else by a
 * form in the agent's own program. Without either the answer is no.
 */
export async function ask(
  asked: Asked,
  client: Client,
  context: ServerContext,
): Promise<CallToolResult | InputRequiredResult> {
  const { workspace } = asked.subject;
  const state = context.mcpReq.requestState<string>();
  if (state !== undefined) return answered(asked, state, context);
  const word = await askEditor(workspace, asked.question);
  if (word !== 'nobody') return outcome(asked, word);
  return client.canElicit && (await mayElicit(workspace)) ? form(asked) : outcome(asked, 'nobody-asked');
}

function form({ question, subject }: Asked): InputRequiredResult {
  const message = questionInWords(question, subject.workspace.ports.clock.now());
  const requestedSchema = z.object({ decision: z.enum(choicesFor(question)).meta({ title: 'Decision' }) });
  const requestState = randomUUID();
  put.set(requestState, fingerprint(question));
  return inputRequired({
    inputRequests: { [key]: inputRequired.elicit({ message, requestedSchema }) },
    requestState,
  });
}

/** Only the yes as it was offered is a yes, and only once. */
async function answered(asked: Asked, state: string, { mcpReq }: ServerContext): Promise<CallToolResult> {
  const { question } = asked;
  const answers = put.get(state);
  put.delete(state);
  if (answers === undefined) throw new CallError('That answers no question that was put. Ask again.');
  if (answers !== fingerprint(question))
    throw new CallError('The scope or the file changed while the person was asked. Ask again.');
  const response = inputResponse(mcpReq.inputResponses, key);
  if (response.kind !== 'elicit' || response.action === 'cancel') return outcome(asked, 'unanswered');
  const [, yes] = choicesFor(question);
  if (response.action !== 'accept' || response.content?.decision !== yes) return outcome(asked, 'refused');
  const { guard, ports } = asked.subject.workspace;
  await widen(guard, question, `through MCP by elicitation in ${question.asker}`, ports.clock.now());
  return outcome(asked, 'approved');
}

const key = 'leave';

/** The questions that wait for an answer, each under a name that goes to the client and comes back with it. */
const put = new Map<string, string>();
