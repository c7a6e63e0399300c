/**
 * The host that a command serves, if it is one of ours. Told by the words that every one of them has, so that an entry
 * is recognised after the program has moved, and after somebody has put words around it.
 */
export function hostOf(command: string): string | undefined {
  return /(?:^|[\\/\s'"])(?:infrahold(?:\.cmd)?|cli\.js)['"]?\s+hook\s+([a-z][a-z-]*[a-z])(?![\w-])/.exec(
    command,
  )?.[1];
}
