import { isMap } from 'yaml';
import { fits, type Operator } from '../mutation.ts';

/** The key of what is known by its name alone; nothing that refers to it follows. */
export const renames: readonly Operator[] = ['services', 'volumes', 'networks', 'configs', 'secrets'].map(
  (section): Operator => ({
    name: `rename ${section}.*`,
    mutate: ({ path, key, value, inherits }) => {
      const isPlain = key?.name !== 'default' && !inherits && (value === null || isMap(value));
      // The name that a resource is given, and an external one, is settled by its key.
      const settled = section !== 'services' && isMap(value) && (value.has('name') || value.has('external'));
      if (!key || !fits(`${section}.*`, path) || !isPlain || settled) return undefined;
      const edit = { start: key.start, end: key.end, text: `mutant-${key.end}` };
      return { edit, expected: { op: 'renamed', path, to: [section, `mutant-${key.end}`] } };
    },
  }),
);
