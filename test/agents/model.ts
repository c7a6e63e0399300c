import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropic } from './dialects/anthropic.ts';
import { chat } from './dialects/chat.ts';
import { type Call, type Dialect, type Fields, fieldsOf } from './dialects/dialect.ts';
import { gemini } from './dialects/gemini.ts';
import { responses } from './dialects/responses.ts';

/** What the model saw when the agent came back from a call. */
export interface Heard {
  /** What the tool answered. */
  readonly answer: string;
  /** The whole request, in which a hook may also have said something beside the tool's answer. */
  readonly request: string;
}

export interface ScriptedModel {
  readonly port: number;
  /** One entry for each call whose outcome the agent has told. */
  readonly heard: readonly Heard[];
  /** The first request of the agent itself, as it was before any call. */
  readonly first: string;
  /** The names of the tools that were offered last. */
  readonly offered: readonly string[];
  close(): Promise<void>;
}

/**
 * A model server on 127.0.0.1 that makes these calls in their order, in whichever dialect the agent speaks. `told` is
 * run when the agent comes back from a call, before it gets the next one.
 */
export async function scriptedModel(
  calls: readonly (() => Call)[],
  told: () => void,
): Promise<ScriptedModel> {
  const state: State = { calls, told, turns: 0, heard: [], first: '', offered: [] };
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    get heard() {
      return state.heard;
    },
    get first() {
      return state.first;
    },
    get offered() {
      return state.offered;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

interface State {
  readonly calls: readonly (() => Call)[];
  readonly told: () => void;
  /** How often the agent itself has spoken. */
  turns: number;
  readonly heard: Heard[];
  first: string;
  offered: readonly string[];
}

const dialects: readonly Dialect[] = [anthropic, responses, chat, gemini];

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await bodyOf(request);
  const dialect = dialects.find(({ speaks }) => speaks(pathname));
  // Registries, telemetry and lists of models: whatever else an agent looks for is not there.
  if (dialect === undefined || request.method !== 'POST') {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    return;
  }
  const fields = fieldsOf(JSON.parse(body));
  const call = next(state, dialect, fields, body);
  const stream = dialect.reply({ number: state.turns, call });
  const isPiece = pathname.endsWith(':generateContent');
  response.writeHead(200, { 'content-type': isPiece ? 'application/json' : 'text/event-stream' });
  response.end(isPiece ? stream.replace(/^data: /, '') : stream);
}

/** Titles, summaries and routing are asked for without tools; only the agent itself offers some. */
function next(state: State, dialect: Dialect, fields: Fields, body: string): Call | undefined {
  const offered = dialect.offered(fields);
  if (offered.length === 0) return undefined;
  state.offered = offered;
  if (state.turns === 0) state.first = body;
  else if (state.turns <= state.calls.length) {
    state.heard.push({ answer: dialect.answers(fields).at(-1) ?? '', request: body });
    state.told();
  }
  return state.calls[state.turns++]?.();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
