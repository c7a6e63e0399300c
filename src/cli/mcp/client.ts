import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';

/** The program that called, as far as it says. */
export interface Client {
  readonly name: string;
  /** Whether it shows a person a form. */
  readonly canElicit: boolean;
}

/** Since the revision of 2026-07-28 every request says it; before, it was said once, at the beginning. */
export function clientOf({ server }: McpServer, { mcpReq }: ServerContext): Client {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const info = named.safeParse(envelope[CLIENT_INFO_META_KEY] ?? server.getClientVersion());
  const declared = able.safeParse(envelope[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities());
  const elicitation = declared.data?.elicitation;
  return {
    name: info.success ? `${info.data.name} ${info.data.version}`.slice(0, 80) : 'an agent',
    // One that names no mode means forms: there was no other when it was written.
    canElicit: elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined),
  };
}

const named = z.object({ name: z.string(), version: z.string().default('') });
const able = z.object({
  elicitation: z.object({ form: z.unknown(), url: z.unknown() }).partial().optional(),
});
