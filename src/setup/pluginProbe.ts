import type { Probe } from '../agents/install/dialects.ts';

/** A program that loads a plugin as its host does, announces one edit to it, and prints the reason of a no. */
export function pluginProbe(host: 'opencode' | 'cline', source: string, probe: Probe): string {
  const module = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
  const announce = host === 'opencode' ? announceToOpencode : announceToCline;
  return `const probe = ${JSON.stringify(probe)};
const plugin = await import(${JSON.stringify(module)});
${announce}
const reason = await refusal();
if (reason !== undefined) console.log(reason);
`;
}

const announceToOpencode = `async function refusal() {
  const client = { session: { get: async () => ({ data: {} }) } };
  const [create] = Object.values(plugin);
  const hooks = await create({ client, directory: probe.folder, worktree: probe.folder });
  const input = { tool: 'write', sessionID: 'infrahold-doctor', callID: 'infrahold-doctor' };
  try {
    await hooks['tool.execute.before'](input, { args: { filePath: probe.file, content: probe.text } });
  } catch (error) {
    return error.message;
  }
}`;

const announceToCline = `async function refusal() {
  plugin.default.setup({}, { workspaceInfo: { rootPath: probe.folder } });
  const answer = await plugin.default.hooks.beforeTool({
    snapshot: { conversationId: 'infrahold-doctor', runId: 'infrahold-doctor' },
    toolCall: { toolName: 'write_to_file', toolCallId: 'infrahold-doctor' },
    input: { path: probe.file, content: probe.text },
  });
  return answer?.skip === true ? (answer.reason ?? 'no reason') : undefined;
}`;
