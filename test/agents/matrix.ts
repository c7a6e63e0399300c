import type { Installed, Outcome } from './attempt.ts';

/** Prints what became of every step, why the wrong ones are wrong, and the count. True when nothing is wrong. */
export function printMatrix(
  installed: Readonly<Record<string, Installed>>,
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
): boolean {
  const columns = [...new Set([...outcomes.values()].flat().map(({ column }) => column))];
  const names = [...outcomes.keys()].map((name) => ({ name, title: `${name} ${installed[name]?.version}` }));
  const width = Math.max(...names.map(({ title }) => title.length));
  console.log(`${' '.repeat(width)}  ${columns.join('  ')}`);
  for (const { name, title } of names) {
    const cells = columns.map((column) => cell(outcomes.get(name), column).padEnd(column.length));
    console.log(`${title.padEnd(width)}  ${cells.join('  ')}`.trimEnd());
  }
  const all = [...outcomes].flatMap(([name, list]) => list.map((outcome) => ({ name, ...outcome })));
  const wrong = all.filter((outcome) => outcome.wrong !== undefined);
  if (wrong.length > 0) console.log('\nFailed tests:');
  for (const { name, column, wrong: why } of wrong) console.log(`\n${name}, ${column}: ${why}`);
  console.log(`\n${all.length - wrong.length} passed, ${wrong.length} failed, 0 skipped`);
  return wrong.length === 0 && all.length > 0;
}

function cell(outcomes: readonly Outcome[] = [], column: string): string {
  const found = outcomes.find((outcome) => outcome.column === column);
  if (found === undefined) return '·';
  return found.wrong === undefined ? 'ok' : 'FAIL';
}
