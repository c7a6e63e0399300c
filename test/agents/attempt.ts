import { spawn } from 'node:child_process';
import { installHooks } from './hooks.ts';
import { type Heard, type ScriptedModel, scriptedModel } from './model.ts';
import { compose, openPlace, type Place } from './place.ts';
import type { Recipe } from './recipe.ts';
import type { Scenario, Step } from './scenarios.ts';

/** An agent as it is installed: its version, and the program with what stands before it. */
export interface Installed {
  readonly version: string;
  readonly command: readonly string[];
}

/** What became of one column of one agent. */
export interface Outcome {
  readonly column: string;
  /** Why it is not as it should be; `undefined` where it is. */
  readonly wrong: string | undefined;
}

/** Runs one scenario with a real agent, in a place of its own. */
export async function attempt(
  recipe: Recipe,
  { command }: Installed,
  scenario: Scenario,
  cli: string,
): Promise<readonly Outcome[]> {
  const place = openPlace(cli);
  const steps = scenario.steps(recipe.tools, place.folder, recipe.mcp?.call ?? noMcp);
  const before = place.onDisk(compose) ?? '';
  const disk: (string | undefined)[] = [];
  const model = await scriptedModel(
    steps.map(({ call }) => call),
    () => disk.push(place.onDisk(steps[disk.length]?.leaves?.path ?? compose)),
  );
  try {
    recipe.prepare?.(place, model.port);
    installHooks(place, recipe.name);
    const end = await runAgent(recipe, command, scenario, place, model.port);
    return outcomesOf(steps, { before, disk, model, end });
  } finally {
    await model.close();
    place.close();
  }
}

function noMcp(): never {
  throw new Error('this agent is not told of an MCP server');
}

/** What a run has left to look at. `disk` holds each step's file as it was when the agent came back from the step. */
interface Traces {
  readonly before: string;
  readonly disk: readonly (string | undefined)[];
  readonly model: ScriptedModel;
  readonly end: string;
}

/** A step that only leads up to another is told of where it went wrong. */
function outcomesOf(steps: readonly Step[], traces: Traces): readonly Outcome[] {
  let accepted = traces.before;
  return steps.flatMap((step, index) => {
    if (step.leaves?.path === compose) accepted = step.leaves.text;
    const wrong = wrongIn(step, index, step.leaves?.text ?? accepted, traces);
    const column = step.column ?? (wrong === undefined ? undefined : 'on the way');
    return column === undefined ? [] : [{ column, wrong }];
  });
}

function wrongIn(step: Step, index: number, wanted: string, traces: Traces): string | undefined {
  const { model, disk, end } = traces;
  const heard = model.heard[index];
  if (heard === undefined) return `the agent never came back from this call: ${end}`;
  const { tool } = step.call();
  if (!model.offered.includes(tool)) return `the agent offers no ${tool}, but ${model.offered.join(', ')}`;
  const earlier = index === 0 ? model.first : (model.heard[index - 1]?.request ?? '');
  const isAnswered = step.answers === undefined || step.answers.test(heard.answer);
  const wrongs = [
    wrongAnswer(step.held, heard, earlier),
    wrongDisk(step, wanted, disk[index]),
    isAnswered ? undefined : `${step.answers} is not the answer`,
  ];
  const found = wrongs.filter((wrong) => wrong !== undefined);
  return found.length === 0 ? undefined : `${found.join('; ')}; the model read ${excerpt(heard.answer)}`;
}

/** Whether the model was told what it had to be told: why not, where it was held, and otherwise nothing of ours. */
function wrongAnswer(held: boolean, { request }: Heard, earlier: string): string | undefined {
  if (held && reasons(request) <= reasons(earlier)) return 'the model was not told why';
  const isTold = mentions(request) > mentions(earlier);
  return !held && isTold ? 'held, though nobody had to be asked' : undefined;
}

/** A reason says what it is about: the file, or something in it. */
function reasons(request: string): number {
  return request.split(/Infrahold\b[^"]{0,400}?(?:docker-compose\.yml|l9-)/).length;
}

function mentions(request: string): number {
  return request.split('Infrahold').length;
}

function wrongDisk(step: Step, wanted: string, found: string | undefined): string | undefined {
  if (found === wanted) return undefined;
  return `${step.leaves?.path ?? compose} ${found === undefined ? 'is not there' : 'is not as it should be'}`;
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 200 ? `"${line.slice(0, 200)}…"` : `"${line}"`;
}

/** Long enough for the slowest on a busy machine; a healthy run takes seconds. */
const patience = 90_000;

/** Starts the agent and waits for its end, which says why if the model was never asked. */
async function runAgent(
  recipe: Recipe,
  [program = '', ...first]: readonly string[],
  { prompt, overMcp }: Scenario,
  place: Place,
  port: number,
): Promise<string> {
  const more = overMcp ? (recipe.mcp?.args(place) ?? []) : [];
  const child = spawn(program, [...first, ...recipe.args(place, prompt), ...more], {
    cwd: place.folder,
    env: { ...place.env, ...recipe.env(place, port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-600);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const end = () => endGroup(child.pid);
  process.once('exit', end);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, patience);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  clearTimeout(timer);
  end();
  process.off('exit', end);
  const how = isLate ? `it was still running after ${patience / 1000} s` : `it ended with ${code}`;
  return `${how} and said ${excerpt(said.slice(-200))}`;
}

/** The group, so that neither a shell nor a service that the agent has started is left behind. */
function endGroup(group: number | undefined): void {
  try {
    if (group !== undefined) process.kill(-group, 'SIGKILL');
  } catch {
    // It has gone already.
  }
}
