/** Says what the demo does, in colour where there is a terminal, and counts what turned out not to be true. */
const colours = !process.env.NO_COLOR && (process.env.FORCE_COLOR || process.stdout.isTTY);
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
const state = { failures: 0 };

export function heading(text) {
  console.log(`\n${paint('1;36', text)}`);
}

export function say(text) {
  console.log(text);
}

/** What a program printed, set off from what the demo says. */
export function show(text) {
  const bar = paint(2, '│');
  for (const line of text.trimEnd().split('\n')) console.log(`  ${bar} ${line}`.trimEnd());
}

/** A claim. It is said as true only if it is. */
export function checked(claim, isTrue) {
  if (!isTrue) state.failures++;
  console.log(isTrue ? `  ${paint(32, 'ok')}  ${claim}` : `  ${paint('1;31', 'NOT TRUE')}  ${claim}`);
}

export function failures() {
  return state.failures;
}
