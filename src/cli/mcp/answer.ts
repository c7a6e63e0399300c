import type { CallToolResult } from '@modelcontextprotocol/server';
import { printable } from '../../core/printable.ts';
import { redactText } from '../../core/redact.ts';
import { CallError } from './subject.ts';

/** A result in both forms. The words are in both, because some clients show the model one of them alone. */
export function answer(fields: Record<string, unknown>, message: string): CallToolResult {
  return { content: [{ type: 'text', text: message }], structuredContent: { message, ...fields } };
}

/** What went wrong is said to the agent, which can mend a call; a stack trace is no message. */
export async function orFailure<T>(work: () => Promise<T>): Promise<T | CallToolResult> {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = error instanceof CallError ? why : `Infrahold could not answer: ${why}`;
    return { content: [{ type: 'text', text: printable(redactText(text)) }], isError: true };
  }
}
