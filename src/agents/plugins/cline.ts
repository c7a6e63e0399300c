import { type HookProgram, hookProcess } from './hookProcess.ts';

/**
 * The text of the plugin for Cline, a module for its plugin folder. What it sends is told beside the adapter. Cline
 * gives a plugin three seconds and ends the run after that, so the hook gets less.
 */
export function clinePlugin(program: HookProgram): string {
  return `${hookProcess(program, 'cline', 2_300)}
let root = process.cwd();

function about(event, snapshot) {
  return {
    hook_event_name: event,
    cwd: root,
    session_id: snapshot?.conversationId,
    run: snapshot?.runId,
    agent_id: snapshot?.agentId,
    parent_agent_id: snapshot?.parentAgentId ?? undefined,
  };
}

function called(event, { snapshot, tool, toolCall, input }) {
  return {
    ...about(event, snapshot),
    tool_name: toolCall?.toolName ?? tool?.name,
    tool_input: input,
    call: toolCall?.toolCallId,
  };
}

// The words of a run are not in its messages before the model is asked for the first time.
function wordsOf(snapshot) {
  const message = snapshot.messages.findLast(({ role }) => role === 'user');
  return message?.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\\n');
}

const plugin = {
  name: 'infrahold',
  manifest: { capabilities: ['hooks'] },
  setup(_api, context) {
    root = context?.workspaceInfo?.rootPath ?? root;
  },
  hooks: {
    async beforeModel({ snapshot }) {
      if (snapshot?.iteration !== 1) return undefined;
      try {
        await news({ ...about('beforeRun', snapshot), prompt: wordsOf(snapshot) });
      } catch {
        // Without the words there is no scope, and edits are held; the run itself goes on.
      }
      return undefined;
    },
    async beforeTool(context) {
      const reason = await refusal(called('beforeTool', context));
      return reason === undefined ? undefined : { skip: true, reason };
    },
    async afterTool(context) {
      const text = await news(called('afterTool', context));
      return text === undefined ? undefined : { appendContext: text };
    },
  },
};

export { plugin };
export default plugin;
`;
}
