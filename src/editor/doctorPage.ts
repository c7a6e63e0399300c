import type { Check } from '../setup/checks.ts';
import type { AgentReport, AgentState } from '../setup/doctor.ts';
import { escaped } from './html.ts';
import type { Say } from './words.ts';

export interface DoctorContent {
  readonly folder: string;
  readonly agents: readonly AgentReport[];
  readonly checks: readonly Check[];
  /** What was written, and what was left alone. */
  readonly written: readonly string[];
  readonly toDo: readonly string[];
}

export interface DoctorFrame {
  readonly cspSource: string;
  readonly styles: readonly string[];
  readonly language: string;
}

/** The table of what is enforced, for reading: it needs no script. */
export function doctorPage(content: DoctorContent, frame: DoctorFrame, say: Say): string {
  const policy = `default-src 'none'; style-src ${frame.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${escaped(frame.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${frame.styles.map((style) => `<link rel="stylesheet" href="${style}">`).join('\n')}
<title>${escaped(say('Agents'))}</title>
</head>
<body class="doctor">
<header>
<p class="path">${escaped(content.folder)}</p>
<h1>${escaped(summary(content.agents, say))}</h1>
</header>
<main>
${table(content.agents, say)}
${list('data-loss', say('What does not hold'), content.agents.flatMap(faultsOf))}
${list('todo', say('What is left to you'), content.toDo)}
${list('written', say('Files'), content.written)}
${list('checks', say('This machine'), content.checks.map(checkInWords))}
</main>
</body>
</html>`;
}

function summary(agents: readonly AgentReport[], say: Say): string {
  const held = agents.filter(({ state }) => state === 'enforced').length;
  if (agents.length === 0) return say('No agent was found');
  return say('{0} of {1} agents are held to the scope before they write', held, agents.length);
}

function table(agents: readonly AgentReport[], say: Say): string {
  if (agents.length === 0) return '';
  const heads = [say('Agent'), say('State'), say('Hook'), say('Trusted by it'), say('When the hook fails')];
  const rows = agents.map(({ name, version, state, installations, rules }) => {
    const lines = (pick: (one: AgentReport['installations'][number]) => string) =>
      installations.map((one) => escaped(pick(one))).join('<br>') || '–';
    const hook =
      installations.length === 0 && rules.length > 0 ? escaped(say('rules only')) : lines(levelOf(say));
    return `<tr>
<th scope="row">${escaped(name)} <span class="count">${escaped(version ?? '')}</span></th>
<td class="${state.replaceAll(' ', '-')}">${escaped(stateInWords(state, say))}</td>
<td>${hook}</td>
<td>${lines(({ trust }) => trust)}</td>
<td>${lines(({ onFailure }) => onFailure)}</td>
</tr>`;
  });
  return `<table>
<thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function levelOf(say: Say) {
  return ({ level }: AgentReport['installations'][number]) =>
    level === 'project' ? say('in this folder') : say('in your own folders');
}

export function stateInWords(state: AgentState, say: Say): string {
  switch (state) {
    case 'enforced':
      return say('enforced');
    case 'advice only':
      return say('advice only');
    case 'not firing':
      return say('not firing');
    case 'not installed':
      return say('not installed');
    default:
      return state satisfies never;
  }
}

function faultsOf({ name, faults }: AgentReport): string[] {
  return faults.map((fault) => `${name}: ${fault}`);
}

function checkInWords({ state, what }: Check): string {
  return `${state === 'fault' ? '✗ ' : ''}${what}`;
}

function list(style: string, title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const items = lines.map((line) => `<li>${escaped(line)}</li>`).join('\n');
  return `<section class="${style}"><h2>${escaped(title)}</h2><ul>\n${items}\n</ul></section>`;
}
