import { adoptEntry, adoptValue } from './adopt.ts';
import { toFlowValue } from './forms.ts';
import { type Collection, type Entry, isBlock, isOnOwnLines, type Value } from './layout.ts';
import type { Places } from './places.ts';
import { Refusal } from './refusal.ts';
import type { Style } from './style.ts';

/**
 * Makes entries of one text independent of the rest of it: an alias stays only where the other text has the same
 * anchor with the same content, and is written out everywhere else. Anchors are left behind.
 */
export class Portable {
  private readonly here: Places;
  private readonly there: Places;
  private readonly style: Style;
  private budget = 20_000;

  constructor(here: Places, there: Places, style: Style) {
    this.here = here;
    this.there = there;
    this.style = style;
  }

  entry(entry: Entry, column: number): Entry {
    this.spend();
    const bare = withoutAnchor(entry);
    if (entry.value.shape === 'leaf') return this.written(bare, entry, column);
    return { ...bare, value: this.collection(entry.value) };
  }

  private collection(collection: Collection): Collection {
    const keys = new Set(collection.entries.map(({ key }) => key));
    const entries = collection.entries.flatMap((entry) => {
      if (entry.key !== '<<' || collection.shape !== 'map' || this.isKnownMerge(entry)) {
        return [this.entry(entry, collection.column)];
      }
      return this.mergedEntries(entry, collection, keys);
    });
    return { ...collection, entries };
  }

  /** What a merge key takes over, as entries of the mapping itself; what stands there already goes first. */
  private mergedEntries(merge: Entry, into: Collection, keys: Set<string | undefined>): Entry[] {
    const single: Collection = { ...into, entries: [merge] };
    return [...this.here.merged(single)].flatMap((source) =>
      this.collection(source).entries.flatMap((entry) => {
        if (keys.has(entry.key)) return [];
        keys.add(entry.key);
        return [this.fitted(entry, source, into)];
      }),
    );
  }

  private fitted(entry: Entry, source: Collection, into: Collection): Entry {
    if (source.style !== into.style)
      throw new Refusal('a merge key that takes over text of another style', 0);
    const move = { from: source.column, to: into.column, old: this.style, style: this.style };
    return { ...adoptEntry(entry, move), above: '' };
  }

  private written(bare: Entry, entry: Entry, column: number): Entry {
    if (entry.value.shape !== 'leaf' || entry.value.style !== 'alias') return bare;
    const target = this.here.anchored(entry.value.text.slice(1), entry);
    if (!target) throw new Refusal(`the alias ${entry.value.text} stands for nothing`, 0);
    if (this.isKnown(entry.value.text.slice(1), target)) return bare;
    const home = this.here.homes.get(target);
    const whole = this.entry(target, home?.column ?? 0);
    if (this.here.homes.get(entry)?.style === 'flow') return { ...bare, value: toFlowValue(whole.value) };
    const move = { from: home?.column ?? 0, to: column, old: this.style, style: this.style };
    const value = adoptValue(whole, move);
    if (!isBlock(value)) return { ...bare, value };
    return { ...bare, pad: '', value: onOwnLines(value, whole, column + this.style.unit) };
  }

  private isKnownMerge(entry: Entry): boolean {
    const { value } = entry;
    const items = value.shape === 'seq' ? value.entries : [entry];
    return items.every((item) => {
      if (item.value.shape !== 'leaf' || item.value.style !== 'alias') return false;
      const target = this.here.anchored(item.value.text.slice(1), item);
      return target !== undefined && this.isKnown(item.value.text.slice(1), target);
    });
  }

  private isKnown(name: string, target: Entry): boolean {
    const twin = this.there.anchored(name, undefined);
    return (
      this.there.anchorCount(name) === 1 && twin !== undefined && this.isSame(target.value, twin.value, 0)
    );
  }

  private isSame(one: Value, other: Value, depth: number): boolean {
    if (depth > 20) return false;
    const mine = this.here.resolve(one, undefined);
    const its = this.there.resolve(other, undefined);
    if (mine.shape === 'leaf' || its.shape === 'leaf') {
      if (mine.shape !== 'leaf' || its.shape !== 'leaf') return false;
      return mine.says === its.says && (mine.style === 'plain') === (its.style === 'plain');
    }
    if (mine.shape !== its.shape || mine.entries.length !== its.entries.length) return false;
    return mine.entries.every((entry, index) => {
      const twin = its.entries[index];
      return twin !== undefined && entry.key === twin.key && this.isSame(entry.value, twin.value, depth + 1);
    });
  }

  /** Aliases of aliases can stand for more text than any file should grow by. */
  private spend(): void {
    if (--this.budget < 0) throw new Refusal('the aliases stand for too much text', 0);
  }
}

function withoutAnchor(entry: Entry): Entry {
  if (entry.anchor === undefined) return { ...entry };
  const props = entry.props.replace(`&${entry.anchor}`, '').trim();
  const space = /^\s*/.exec(entry.props)?.[0] ?? '';
  return { ...entry, props: props === '' ? '' : space + props, anchor: undefined };
}

/** A mapping that began behind a dash begins on the line below when it follows a key. */
function onOwnLines(value: Collection, from: Entry, column: number): Collection {
  if (isOnOwnLines(from)) return value;
  const [first] = value.entries;
  if (first) first.indent = ' '.repeat(value.column || column);
  return value;
}
