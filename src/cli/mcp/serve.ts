import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type World, write } from '../world.ts';
import { orFailure } from './answer.ts';
import { ask } from './ask.ts';
import { checkEdit, checkEditInput, checkEditOutput } from './checkEdit.ts';
import { clientOf } from './client.ts';
import { currentScope, currentScopeInput, currentScopeOutput } from './currentScope.ts';
import { outcome, questionFor, requestScopeInput, requestScopeOutput } from './requestScope.ts';

/** Serves one agent on standard input and output until it goes away. */
export async function serve(folder: string, world: World): Promise<void> {
  const onerror = (error: Error) => void write(world.stderr, `infrahold: ${error.message}\n`);
  const handle = serveStdio(() => serverFor(folder, world), { onerror });
  await Promise.race([new Promise((gone) => process.stdin.once('close', gone)), world.untilStopped()]);
  await handle.close();
}

function serverFor(folder: string, world: World): McpServer {
  const server = new McpServer(
    { name: 'infrahold', title: 'Infrahold', version: world.version() },
    { instructions },
  );
  server.registerTool(
    'current_scope',
    {
      title: 'What this task may change',
      description:
        'What may be changed in protected infrastructure files now, until when, and which files these are.',
      inputSchema: currentScopeInput,
      outputSchema: currentScopeOutput,
      annotations: readOnly,
    },
    (input) => orFailure(() => currentScope(folder, input, world)),
  );
  server.registerTool(
    'check_edit',
    {
      title: 'Check an edit before it is made',
      description:
        'Judges the whole text that a protected file would have: what changes in meaning and what goes beyond the scope. Writes and records nothing.',
      inputSchema: checkEditInput,
      outputSchema: checkEditOutput,
      annotations: readOnly,
    },
    (input) => orFailure(() => checkEdit(folder, input, world)),
  );
  server.registerTool(
    'request_scope',
    {
      title: 'Ask the person for more',
      description:
        'Asks the person whether this task may change more of a protected file. Ask for what the task needs and no more. Only the person can allow it.',
      inputSchema: requestScopeInput,
      outputSchema: requestScopeOutput,
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    (input, context) =>
      orFailure(async () => {
        const client = clientOf(server, context);
        const asked = await questionFor(folder, input, client.name, world);
        return asked.isNeeded ? ask(asked, client, context) : outcome(asked, 'allowed-already');
      }),
  );
  return server;
}

const readOnly = { readOnlyHint: true, openWorldHint: false };

const instructions =
  'Infrahold guards infrastructure files. Before you edit one, call current_scope; check_edit tells what an edit would ' +
  'mean. If the task needs more than is allowed, call request_scope and let the person decide.';
