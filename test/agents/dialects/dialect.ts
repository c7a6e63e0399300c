/** A call of one of the agent's tools, as the model makes it. A patch that is no JSON is given as a text. */
export interface Call {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>> | string;
}

/** One protocol between an agent and its model, as much of it as a script needs. */
export interface Dialect {
  /** Whether a request for this path is one for an answer of the model. */
  speaks(path: string): boolean;
  /** The names of the tools that the agent offers. */
  offered(request: Fields): readonly string[];
  /** What the tools answered so far, oldest first. */
  answers(request: Fields): readonly string[];
  /** The body of an answer, an event stream: a call, or a last word where there is none. */
  reply(turn: Turn): string;
}

export interface Turn {
  readonly number: number;
  readonly call: Call | undefined;
}

export type Fields = Readonly<Record<string, unknown>>;

export const lastWord = 'Done.';

/** The parts of a request are what the agent made them; whatever is of another shape counts as not there. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** Server-sent events, each with its type as a name where the dialect names them. */
export function events(list: readonly Fields[], { isNamed }: { readonly isNamed: boolean }): string {
  return list
    .map((event) => `${isNamed ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`)
    .join('');
}
