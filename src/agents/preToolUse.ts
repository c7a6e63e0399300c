import { isFields, textIn } from './fields.ts';
import type { Decoded, Reply } from './protocol.ts';
import { readTool } from './tools.ts';

/**
 * Reads the payload that Claude Code has made and others have taken over. Fields are accepted in both spellings:
 * versions of VS Code have used one and the other. Every event but the one before a tool runs is none of ours.
 */
export function preToolUse(payload: unknown): Decoded {
  if (!isFields(payload)) return { kind: 'unreadable', why: 'the payload is not an object' };
  const event = textIn(payload, 'hook_event_name', 'hookEventName');
  if (event === undefined) return { kind: 'unreadable', why: 'the payload names no event' };
  if (event.toLowerCase() !== 'pretooluse') return { kind: 'other' };
  const tool = textIn(payload, 'tool_name', 'toolName');
  if (tool === undefined) return { kind: 'unreadable', why: 'the payload names no tool' };
  const reading = readTool(tool, parsedInput(payload.tool_input ?? payload.toolInput));
  if ('why' in reading) return { kind: 'unreadable', why: reading.why };
  if (reading.proposals.length === 0) return { kind: 'other' };
  return {
    kind: 'edits',
    proposals: reading.proposals,
    session: textIn(payload, 'session_id', 'sessionId'),
    folder: textIn(payload, 'cwd'),
  };
}

/**
 * An edit that waits for a person is refused, not asked about: these hosts' own question does not show what the edit
 * means, and an answer given there would not be known to the guard that watches the disk.
 */
export function refusal(reason: string): Reply {
  const answer = {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: reason === '' ? 'Infrahold holds this edit.' : reason,
    },
  };
  return { stdout: `${JSON.stringify(answer)}\n`, stderr: '', exitCode: 0 };
}

/** Some versions send the input as a text that holds JSON; a patch is a text that holds none. */
function parsedInput(input: unknown): unknown {
  if (typeof input !== 'string' || !input.trimStart().startsWith('{')) return input;
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
