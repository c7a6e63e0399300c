import { relative } from 'node:path';
import { printable } from '../../core/printable.ts';
import type { Check } from '../../setup/checks.ts';
import type { AgentReport, AgentState } from '../../setup/doctor.ts';
import type { Paint } from './paint.ts';

export interface Diagnosis {
  readonly version: string;
  readonly agents: readonly AgentReport[];
  readonly checks: readonly Check[];
}

export function doctorAsJson({ version, agents, checks }: Diagnosis): string {
  return `${JSON.stringify({ schema: 1, version, agents, checks }, null, 2)}\n`;
}

/** A table, then what is wrong with what is in it, then what holds for all. */
export function doctorAsText({ version, agents, checks }: Diagnosis, paint: Paint, root: string): string {
  const rows = agents.flatMap((agent) => rowsOf(agent, root));
  const heads = ['AGENT', 'VERSION', 'STATE', 'HOOK', 'TRUST', 'ON FAILURE'] as const;
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map(({ cells }) => (cells[column] ?? '').length)),
  );
  const line = (cells: readonly string[], colour?: (text: string) => string) =>
    cells
      .map((cell, column) => {
        const padded = cell.padEnd(widths[column] ?? 0);
        return column === 2 && colour !== undefined ? colour(padded) : padded;
      })
      .join('  ')
      .trimEnd();
  const table =
    rows.length === 0
      ? ['No agent was found here.']
      : [paint.dim(line(heads)), ...rows.map(({ cells, state }) => line(cells, colourOf(state, paint)))];
  return `${[...table, ...faultLines(agents, paint), ...adviceLines(agents, version), '', ...checkLines(checks, paint)].join('\n')}\n`;
}

function rowsOf(agent: AgentReport, root: string) {
  const { name, version = '-', state } = agent;
  const first = [name, version, state] as const;
  if (agent.installations.length === 0) {
    const hook =
      agent.rules.length > 0 ? `rules: ${agent.rules.map((path) => near(path, root)).join(', ')}` : '-';
    return [{ state, cells: [...first, hook, '-', '-'].map(printable) }];
  }
  return agent.installations.map(({ file, trust, onFailure }) => ({
    state,
    cells: [...first, near(file, root), trust, onFailure].map(printable),
  }));
}

function faultLines(agents: readonly AgentReport[], paint: Paint): string[] {
  const lines = agents.flatMap(({ name, faults }) =>
    faults.map((fault) => `${paint.red('✗')} ${printable(`${name}: ${fault}`)}`),
  );
  const broken = agents.filter(({ reinstall }) => reinstall).map(({ host }) => host);
  const next =
    broken.length === 0
      ? []
      : [`Next: \`infrahold install ${broken.join(' ')}\` writes the entries anew; then look again.`];
  return lines.length === 0 ? [] : ['', ...lines, ...next];
}

function adviceLines(agents: readonly AgentReport[], version: string): string[] {
  const lines = agents.flatMap(({ name, faults, advice, installations }) => {
    const other = installations.find(({ program }) => program !== undefined && program !== version)?.program;
    const stale = `its hook starts infrahold ${other}, and this is ${version}`;
    const words = [
      ...(other === undefined ? [] : [stale]),
      ...(faults.length > 0 || advice === undefined ? [] : [advice]),
    ];
    return words.map((text) => printable(`· ${name}: ${text}.`));
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

function checkLines(checks: readonly Check[], paint: Paint): string[] {
  const signs = { ok: paint.green('✓'), fault: paint.red('✗'), note: '·' };
  return checks.map(({ state, what }) => `${signs[state]} ${printable(what)}`);
}

function colourOf(state: AgentState, paint: Paint) {
  switch (state) {
    case 'enforced':
      return paint.green;
    case 'advice only':
      return paint.yellow;
    case 'not firing':
      return paint.red;
    case 'not installed':
      return paint.dim;
  }
}

function near(path: string, root: string): string {
  const short = relative(root, path);
  return short.startsWith('..') ? path : short;
}
