import { type HookProgram, hookProcess } from './hookProcess.ts';

/**
 * The text of the plugin for opencode, a module for its plugin folder. What it sends is told beside the adapter. An
 * error thrown before a tool is opencode's no; with a message it would end the whole run, so there none is.
 */
export function opencodePlugin(program: HookProgram): string {
  return `${hookProcess(program, 'opencode', 10_000)}
export const Infrahold = async ({ client, directory, worktree }) => {
  // Sessions that a person has started have no parent. Those of subagents lead to the session they serve.
  const parents = new Map();

  async function parentOf(id) {
    if (!parents.has(id)) {
      // One that is older than this plugin. Where nobody can tell, its messages are taken for an agent's.
      const found = await client.session.get({ path: { id } }).catch(() => undefined);
      parents.set(id, found?.data ? found.data.parentID : 'unknown');
    }
    return parents.get(id);
  }

  async function about(event, id) {
    const parent = await parentOf(id).catch(() => 'unknown');
    let session = id;
    for (let up = parent; up && up !== 'unknown'; up = parents.get(up)) session = up;
    return { hook_event_name: event, cwd: directory, worktree, session_id: session, parent_id: parent };
  }

  return {
    event: async ({ event }) => {
      const info = event?.properties?.info;
      if (event?.type === 'session.created' && info?.id) parents.set(info.id, info.parentID);
    },
    'chat.message': async (input, output) => {
      const parts = (output?.parts ?? []).filter((part) => part.type === 'text');
      const model = input?.model?.modelID;
      await news({ ...(await about('chat.message', input?.sessionID)), parts, model });
    },
    'tool.execute.before': async (input, output) => {
      const reason = await refusal({
        ...(await about('tool.execute.before', input.sessionID)),
        tool_name: input.tool,
        tool_input: output.args,
        call_id: input.callID,
      });
      if (reason !== undefined) throw new Error(reason);
    },
    'tool.execute.after': async (input, output) => {
      const text = await news({
        ...(await about('tool.execute.after', input.sessionID)),
        tool_name: input.tool,
        tool_input: input.args,
        call_id: input.callID,
      });
      if (text !== undefined && output) output.output = (output.output ?? '') + '\\n\\n' + text;
    },
  };
};
`;
}
