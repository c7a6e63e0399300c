import type { Call } from './dialects/dialect.ts';
import type { Place } from './place.ts';

/** How one agent is started without a network and without a login, and how its tools are called. */
export interface Recipe {
  /** As it is typed behind `infrahold install`. */
  readonly name: string;
  /** Writes what the agent wants to find in its home: who the model is, and that this is no first start. */
  prepare?(place: Place, port: number): void;
  env(place: Place, port: number): Readonly<Record<string, string>>;
  args(place: Place, prompt: string): readonly string[];
  readonly tools: Tools;
  /** How it is told of our MCP server, and what it calls a tool of that, where this is tried. */
  readonly mcp?: {
    args(place: Place): readonly string[];
    call(tool: string, input: Readonly<Record<string, unknown>>): Call;
  };
}

/** A model speaks of files by their full names. */
export interface Tools {
  read(path: string): Call;
  edit(path: string, old: string, fresh: string): Call;
  write(path: string, text: string): Call;
  shell(command: string): Call;
}
