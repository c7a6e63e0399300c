import { join } from 'node:path';
import { node } from './node.mjs';
import { npmInstall, once } from './step.mjs';

const machine = `${process.platform}-${process.arch}`;

/**
 * The agents that the tests drive, each at the version that was tried. `program` lies below `node_modules`. Native ones
 * are started directly, since their launchers are put in place by install scripts and no script of a package is run;
 * the others are started with the Node that they ask for.
 */
const AGENTS = {
  'claude-code': {
    package: '@anthropic-ai/claude-code@2.1.330',
    program: `@anthropic-ai/claude-code-${machine}/claude`,
  },
  codex: { package: '@openai/codex@0.169.0', program: '@openai/codex/bin/codex.js', node: 24 },
  gemini: { package: '@google/gemini-cli@0.61.0', program: '@google/gemini-cli/bundle/gemini.js', node: 24 },
  opencode: { package: 'opencode-ai@1.18.33', program: `opencode-${machine}/bin/opencode` },
  'copilot-cli': { package: '@github/copilot@1.0.102', program: `@github/copilot-${machine}/copilot` },
  qwen: { package: '@qwen-code/qwen-code@0.24.4', program: '@qwen-code/qwen-code/cli.js', node: 24 },
};

export const agentNames = Object.keys(AGENTS);

/** Installs an agent where it is missing. Answers `{ version, command }`: what to start, and what to start it with. */
export async function agent(name) {
  const { package: wanted, program, node: major } = AGENTS[name];
  const folder = await once(join('agents', name), wanted, `${wanted} from npm`, (target) =>
    npmInstall(target, wanted),
  );
  const path = join(folder, 'node_modules', ...program.split('/'));
  const command = major === undefined ? [path] : [await node(major), path];
  return { version: wanted.slice(wanted.lastIndexOf('@') + 1), command };
}
