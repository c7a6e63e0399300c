import { takeOut } from './edits.ts';
import { type Collection, type Entry, isBlock } from './layout.ts';
import { homeOf, type Work } from './work.ts';

/**
 * A section with nothing left in it goes too: an empty one is an error to Compose. What means something even when
 * empty, and the list of services, stays as an empty collection.
 */
export function prune(work: Work): void {
  const { places, layout, style } = work.before;
  const open = [...work.shrunk];
  for (let collection = open.pop(); collection; collection = open.pop()) {
    if (collection.entries.length > 0) continue;
    const mother = places.mothers.get(collection);
    if (!mother) {
      if (layout.root === collection) layout.root = emptied(collection);
      continue;
    }
    const home = homeOf(places, mother);
    if (!home.entries.includes(mother) || mother.value !== collection) continue;
    if (canGo(work, mother, home)) {
      takeOut(mother, home, places.mothers.get(home));
      open.push(home);
    } else if (isBlock(collection)) {
      mother.value = emptied(collection);
      mother.pad = mother.pad === '' ? ' ' : mother.pad;
      if (mother.rest === '') mother.rest = style.eol;
    }
  }
}

function canGo({ before }: Work, mother: Entry, home: Collection): boolean {
  // Without it, what a merge key brings under the same name would come to light.
  if (before.places.isMerged(home, mother.key)) return false;
  const users = before.places.users.get(mother) ?? [];
  if (mother.anchor !== undefined && before.places.aliases.some(({ name }) => name === mother.anchor))
    return false;
  return (
    users.length > 0 && users.every(({ kind, path }) => kind === 'section' && path.join('.') !== 'services')
  );
}

function emptied({ shape }: Collection): Collection {
  return { shape, style: 'flow', column: 0, entries: [], close: shape === 'seq' ? ']' : '}' };
}
