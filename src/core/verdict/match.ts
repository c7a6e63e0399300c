import { Minimatch } from 'minimatch';

/**
 * Tells whether a path relative to the workspace matches one of the globs. Paths use `/`; a glob without a slash
 * matches at any depth, dot files are matched like others, case does not count, and neither `!` nor `#` in front has
 * a meaning of its own.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map(
    (glob) =>
      new Minimatch(glob, {
        dot: true,
        nocase: true,
        nonegate: true,
        nocomment: true,
        matchBase: !glob.includes('/'),
      }),
  );
  return (path) => matchers.some((matcher) => matcher.match(path));
}
