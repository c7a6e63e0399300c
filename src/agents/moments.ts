import type { Moment } from './protocol.ts';

/**
 * What an event is, by its name in any host. `none` is an event that is known and none of ours; `undefined` a name that
 * is not known here.
 */
export function momentOf(name: string): Moment | 'none' | undefined {
  const lower = name.toLowerCase();
  return moments.get(lower) ?? moments.get(lower.replace(/[^a-z]/g, ''));
}

const moments: ReadonlyMap<string, Moment | 'none'> = new Map<string, Moment | 'none'>([
  ...named('before', [
    'beforeMCPExecution',
    'beforeShellExecution',
    'beforeTool',
    'preMcpToolUse',
    'preRunCommand',
    'preToolUse',
    'preWriteCode',
    'toolCall',
    'toolExecuteBefore',
  ]),
  ...named('after', [
    'afterFileEdit',
    'afterMCPExecution',
    'afterShellExecution',
    'afterTool',
    'postMcpToolUse',
    'postRunCommand',
    'postToolUse',
    'postToolUseFailure',
    'postWriteCode',
    'toolExecuteAfter',
    'toolResult',
  ]),
  ...named('prompt', [
    'beforeAgent',
    'beforeRun',
    'beforeSubmitPrompt',
    'chatMessage',
    'preUserPrompt',
    'promptSubmit',
    'taskStart',
    'userPromptSubmit',
    'userPromptSubmitted',
  ]),
  ...named('start', ['agentSpawn', 'agentStart', 'sessionStart']),
  // Of the events that are none of ours only these name a tool or a file; the others need not be known.
  ...named('end', ['sessionEnd', 'sessionShutdown']),
  ...named('none', [
    'afterTabFileEdit',
    'beforeReadFile',
    'notification',
    'permissionDenied',
    'permissionRequest',
    'postReadCode',
    'postToolBatch',
    'preReadCode',
  ]),
]);

function named(moment: Moment | 'none', names: readonly string[]): [string, Moment | 'none'][] {
  return names.map((name) => [name.toLowerCase(), moment]);
}
