import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { type CallToolResult, Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const cli = resolve('dist', 'cli.js');
export const compose = 'docker-compose.yml';
export const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');

/** A project with the incident's stack, and a state of its own. */
export interface Project {
  readonly folder: string;
  readonly stateHome: string;
  infrahold(args: readonly string[], input?: string): string;
}

export function project(t: TestContext): Project {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-mcp-')));
  t.after(() => rmSync(base, { recursive: true, force: true, maxRetries: 5 }));
  const [folder, stateHome] = [join(base, 'l9'), join(base, 'state')];
  for (const path of [folder, stateHome]) mkdirSync(path);
  cpSync(join('test', 'cases', 'incident', compose), join(folder, compose));
  const env = envFor(stateHome);
  return {
    folder,
    stateHome,
    infrahold: (args, input = '') =>
      spawnSync(process.execPath, [cli, ...args], { cwd: folder, env, input }).stdout.toString(),
  };
}

function envFor(stateHome: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: stateHome,
    INFRAHOLD_STATE_HOME: stateHome,
    GIT_CEILING_DIRECTORIES: tmpdir(),
  };
}

/** The form that a person saw. */
export interface Form {
  readonly message: string;
  readonly choices: readonly string[];
}

export type Person = (form: Form) => { action: 'accept' | 'decline' | 'cancel'; content?: Answer };

type Answer = Record<string, string>;

/** A person who takes the yes as it is offered. */
export const willing: Person = ({ choices }) => ({
  action: 'accept',
  content: { decision: choices.at(-1) ?? '' },
});

export interface Agent {
  readonly client: Client;
  /** Every form that was shown. */
  readonly forms: readonly Form[];
  call(tool: string, input: Record<string, unknown>): Promise<CallToolResult>;
  /** Calls a tool that answers with fields, and gives them with the text. */
  ask(tool: string, input: Record<string, unknown>): Promise<Answered>;
}

export interface Answered {
  readonly text: string;
  readonly fields: Fields;
}

/** What the tools answer with, each its part of it. */
export interface Fields {
  readonly outcome: string;
  readonly verdict: string;
  readonly protected: unknown;
  readonly outside: readonly string[];
  readonly changes: readonly {
    readonly address: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  readonly problems: readonly { readonly line: number }[];
  readonly scope: {
    readonly grants: readonly { readonly address: string }[];
    readonly expiresAt: string;
  } | null;
}

/** The two ways in which a client and a server come to terms: since 2026-07-28, and before. */
export const eras = ['legacy', 'auto'] as const;

/** The SDK's own client, connected with the built command line. Without a person it shows no forms. */
export async function connect(
  t: TestContext,
  { folder, stateHome }: Project,
  person?: Person,
  era: (typeof eras)[number] = 'legacy',
): Promise<Agent> {
  const capabilities = person === undefined ? {} : { elicitation: {} };
  const options = { capabilities, versionNegotiation: { mode: era } };
  const client = new Client({ name: 'test-agent', version: '1.2.3' }, options);
  const forms: Form[] = [];
  if (person !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      const form = formIn(params);
      forms.push(form);
      return person(form);
    });
  }
  const args = [cli, 'mcp', folder];
  const env = envFor(stateHome);
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env }));
  t.after(() => client.close());
  const call = async (name: string, input: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: input })) as CallToolResult;
  return {
    client,
    forms,
    call,
    ask: async (name, input) => {
      const result = await call(name, input);
      return { text: textIn(result), fields: result.structuredContent as unknown as Fields };
    },
  };
}

export function textIn({ content }: CallToolResult): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}

function formIn(params: { readonly message: string; readonly requestedSchema?: unknown }): Form {
  const { properties } = params.requestedSchema as { properties: { decision: { enum: string[] } } };
  return { message: params.message, choices: properties.decision.enum };
}
