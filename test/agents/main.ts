import { resolve } from 'node:path';
import { attempt, type Installed, type Outcome } from './attempt.ts';
import { claudeCode } from './hosts/claudeCode.ts';
import { codex } from './hosts/codex.ts';
import { copilotCli } from './hosts/copilotCli.ts';
import { gemini } from './hosts/gemini.ts';
import { opencode } from './hosts/opencode.ts';
import { qwen } from './hosts/qwen.ts';
import { printMatrix } from './matrix.ts';
import { scenarios } from './scenarios.ts';

/** Runs every scenario with every agent that is installed: `{ name: { version, command } }` comes in the environment. */
const installed = JSON.parse(process.env.INFRAHOLD_TEST_AGENTS ?? '{}') as Readonly<
  Record<string, Installed>
>;
const recipes = [claudeCode, codex, gemini, opencode, copilotCli, qwen];
const cli = resolve('dist', 'cli.js');

/** What keeps a run from being made at all counts against it and hides none of the others. */
const asOutcome = (error: unknown): readonly Outcome[] => [{ column: 'on the way', wrong: String(error) }];

/** As many at once as a small machine has cores for. */
const atOnce = 2;

const runs = recipes.flatMap((recipe) => {
  const agent = installed[recipe.name];
  const fitting = scenarios.filter(({ overMcp }) => !overMcp || recipe.mcp !== undefined);
  return agent === undefined ? [] : fitting.map((scenario) => ({ recipe, agent, scenario }));
});
// Agents have groups of their own, which a signal to this one does not reach.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const outcomes: (readonly Outcome[])[] = [];
const waiting = [...runs.entries()];
await Promise.all(Array.from({ length: atOnce }, work));
const table = recipes
  .map(({ name }) => [name, outcomes.filter((_, index) => runs[index]?.recipe.name === name).flat()] as const)
  .filter(([, found]) => found.length > 0);
process.exitCode = printMatrix(installed, new Map(table)) ? 0 : 1;

async function work(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [index, { recipe, agent, scenario }] = next;
    const before = performance.now();
    const found = await attempt(recipe, agent, scenario, cli).catch(asOutcome);
    outcomes[index] = found;
    const right = found.filter(({ wrong }) => wrong === undefined).length;
    const seconds = ((performance.now() - before) / 1000).toFixed(1);
    console.log(
      `  ${recipe.name}, ${scenario.name}: ${right} of ${found.length} as they should be (${seconds} s)`,
    );
  }
}
