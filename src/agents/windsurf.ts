import { adapter, blocked } from './adapter.ts';
import { type Envelope, inner } from './envelope.ts';
import { type Fields, textIn } from './fields.ts';
import { momentOf } from './moments.ts';
import { pathsBelow } from './paths.ts';

/** Windsurf, now Devin Desktop. Only the exit code counts, and nothing reaches the model but the reason of a no. */
export const windsurf = adapter({
  id: 'windsurf',
  folderVariables: [],
  canAsk: [],
  canTell: [],
  open,
  deny: blocked,
});

function open(payload: Fields): Envelope {
  const event = textIn(payload, 'agent_action_name');
  const info = inner(payload, 'tool_info');
  return {
    event,
    session: textIn(payload, 'trajectory_id'),
    folder: textIn(info, 'cwd'),
    model: textIn(payload, 'model_name'),
    prompt: textIn(info, 'user_prompt'),
    ...toolIn(event, info),
  };
}

/** The event says what kind of tool it is; only those of servers have a name. */
function toolIn(event: string | undefined, info: Fields): Pick<Envelope, 'tool' | 'input'> {
  if (event?.endsWith('_write_code')) return { tool: 'write_code', input: info };
  if (event?.endsWith('_run_command')) return { tool: 'run_command', input: info };
  // An event that is not known may write as well as any other, if it names a file.
  if (event !== undefined && momentOf(event) === undefined && pathsBelow(info).length > 0)
    return { tool: 'write_code', input: info };
  if (!event?.endsWith('_mcp_tool_use')) return {};
  const server = textIn(info, 'mcp_server_name') ?? '';
  const tool = textIn(info, 'mcp_tool_name');
  return tool === undefined ? {} : { tool: `mcp__${server}__${tool}`, input: info.mcp_tool_arguments };
}
