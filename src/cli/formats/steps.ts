import { relative } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { InstallableHost } from '../../agents/install/host.ts';
import { printable } from '../../core/printable.ts';
import type { Step } from '../../setup/plan.ts';
import type { Call } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { write } from '../world.ts';
import { paintFor } from './paint.ts';

type Doing = 'install' | 'uninstall';

/** Tells what became of each file, and what a person still has to do. */
export async function tellSteps(
  call: Call,
  steps: readonly Step[],
  hosts: readonly InstallableHost[],
  doing: Doing,
): Promise<ExitCode> {
  const { world } = call;
  const told = doing === 'install' ? steps : steps.filter(({ outcome }) => outcome.kind !== 'unchanged');
  if (call.value('format') === 'json') await write(world.stdout, asJson(told, hosts, doing, call));
  else await write(world.stdout, asText(told, hosts, doing, call));
  for (const { path, outcome } of told) {
    if (outcome.kind !== 'refused') continue;
    const line = outcome.line === undefined ? '' : `:${outcome.line}`;
    const advice = outcome.line === undefined ? '' : ' Mend the file, then run this again.';
    await write(
      world.stderr,
      printable(`infrahold: ${path}${line}: ${outcome.why}; left as it is.${advice}`),
    );
    await write(world.stderr, '\n');
  }
  return told.some(({ outcome }) => outcome.kind === 'refused') ? exit.held : exit.allowed;
}

function asText(steps: readonly Step[], hosts: readonly InstallableHost[], doing: Doing, call: Call): string {
  const { world } = call;
  const paint = paintFor(world.stdout, world.env);
  if (steps.length === 0) return 'Nothing of Infrahold is installed here.\n';
  const isPlan = call.flag('dry-run');
  const rows = steps.map((step) => ({
    what: outcomeInWords(step, isPlan),
    path: shown(step.path, world.cwd),
    whom: `${step.file.what} for ${step.hosts.join(', ')}`,
  }));
  const width = (pick: (row: (typeof rows)[number]) => string) =>
    Math.max(...rows.map((row) => pick(row).length));
  const [first, second] = [width(({ what }) => what), width(({ path }) => path)];
  const table = rows.map(
    ({ what, path, whom }) => `${what.padEnd(first)}  ${printable(path).padEnd(second)}  ${paint.dim(whom)}`,
  );
  const diffs = isPlan ? steps.flatMap((step) => diffOf(step, world.cwd)) : [];
  return `${[...table, ...diffs, ...toDo(hosts, doing)].join('\n')}\n`;
}

function toDo(hosts: readonly InstallableHost[], doing: Doing): string[] {
  if (doing === 'uninstall') return [];
  const lines = hosts.flatMap(({ name, toDo: todo }) => (todo === undefined ? [] : [`  ${name}: ${todo}.`]));
  const next = 'Then `infrahold doctor` tells which of them really hold an edit.';
  return ['', ...(lines.length === 0 ? [] : ['What is left to you:', ...lines]), next];
}

function outcomeInWords({ before, outcome }: Step, isPlan: boolean): string {
  const will = isPlan ? 'would be ' : '';
  switch (outcome.kind) {
    case 'unchanged':
      return 'already there';
    case 'write':
      return `${will}${before === undefined ? 'made' : 'changed'}`;
    case 'remove':
      return `${will}removed`;
    case 'refused':
      return 'left alone';
  }
}

function diffOf({ path, before, outcome }: Step, cwd: string): string[] {
  if (outcome.kind !== 'write' && outcome.kind !== 'remove') return [];
  const after = outcome.kind === 'write' ? outcome.after : '';
  const name = shown(path, cwd);
  const patch = createTwoFilesPatch(name, name, before ?? '', after, undefined, undefined, { context: 2 });
  return ['', patch.replace(/^=+\n/, '').trimEnd()];
}

function asJson(steps: readonly Step[], hosts: readonly InstallableHost[], doing: Doing, call: Call): string {
  const files = steps.map(({ path, file, hosts: ids, before, outcome }) => ({
    path,
    what: file.what,
    hosts: ids,
    outcome: outcome.kind === 'write' && before === undefined ? 'make' : outcome.kind,
    ...(outcome.kind === 'refused' ? { why: outcome.why, line: outcome.line ?? null } : {}),
  }));
  const todo =
    doing === 'uninstall' ? [] : hosts.map(({ id, toDo: text }) => ({ host: id, toDo: text ?? null }));
  const report = {
    schema: 1,
    dryRun: call.flag('dry-run'),
    files,
    toDo: todo.filter(({ toDo }) => toDo !== null),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function shown(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near;
}
