import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments, visit } from 'yaml';

/** A pair of a block mapping or an item of a block list, on lines of its own. */
export interface Place {
  /** The keys from the top; an item of a list is `#`. */
  readonly path: readonly string[];
  readonly value: Node | null;
  /** Where the key, or the dash, begins, and the blanks before it on its line. */
  readonly start: number;
  readonly indent: string;
  /** Where the value ends. */
  readonly end: number;
  /** The key of a pair; `undefined` for an item. */
  readonly key: { readonly name: string; readonly start: number; readonly end: number } | undefined;
  readonly siblings: readonly Place[];
  readonly parent: Place | undefined;
  /** Something else is merged into what holds this, so that taking it away may uncover another value. */
  readonly inherits: boolean;
}

/** Where a text can be changed by one line or one scalar, without touching what anchors or `extends` share. */
export function placesIn(text: string): Place[] {
  const [document, ...more] = parseAllDocuments(text, {
    schema: 'failsafe',
    logLevel: 'silent',
    uniqueKeys: false,
  });
  if (document === undefined || more.length > 0 || !('contents' in document)) return [];
  const shared = sharedNodes(document as Document);
  const places: Place[] = [];
  const enter = (
    node: Node | null,
    path: readonly string[],
    parent: Place | undefined,
    inherits: boolean,
  ) => {
    if (node === null || shared.has(node) || !(isMap(node) || isSeq(node)) || node.flow) return;
    const merges = isMap(node) && (node.has('<<') || node.has('extends'));
    const siblings: Place[] = [];
    for (const item of node.items) {
      const place = placeOf(text, item, { path, parent, siblings, inherits: inherits || merges });
      if (place === undefined || shared.has(place.value)) continue;
      siblings.push(place);
      places.push(place);
      if (!extended(document as Document, place.path)) enter(place.value, place.path, place, place.inherits);
    }
    // A mapping of which a part cannot be changed has fewer places than parts, and nobody may take it for empty.
    if (siblings.length < node.items.length) siblings.length = 0;
  };
  enter(document.contents as Node | null, [], undefined, false);
  return places.filter(({ path, siblings }) => siblings.length > 0 && !extended(document as Document, path));
}

function placeOf(
  text: string,
  item: unknown,
  around: Pick<Place, 'path' | 'parent' | 'siblings' | 'inherits'>,
): Place | undefined {
  const pair = item as { key?: Node | null; value?: Node | null };
  const isPair = 'key' in pair && !isScalar(item);
  const value = (isPair ? (pair.value ?? null) : item) as Node | null;
  const first = isPair ? pair.key : value;
  if (!first?.range || (isPair && !(isScalar(first) && !first.anchor))) return undefined;
  const line = text.lastIndexOf('\n', first.range[0] - 1) + 1;
  const [, indent, dash] = /^(\uFEFF?[ ]*)(- +)?$/.exec(text.slice(line, first.range[0])) ?? [];
  if (indent === undefined || isPair !== (dash === undefined) || indent.startsWith('\uFEFF'))
    return undefined;
  const name = isPair && isScalar(first) ? String(first.value) : '#';
  const key = isPair ? { name, start: first.range[0], end: first.range[1] } : undefined;
  const end = value === null ? first.range[1] : endOf(value);
  return { ...around, path: [...around.path, name], value, start: line + indent.length, indent, end, key };
}

/** Without the comments and blank lines that follow. */
function endOf(node: Node): number {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items.at(-1) as Node | { key: Node; value: Node | null } | undefined;
    if (last !== undefined)
      return endOf('key' in last ? (last.value?.range ? last.value : last.key) : (last as Node));
  }
  return node.range?.[1] ?? 0;
}

/** What stands under an anchor means more than it seems to, and so does an alias. */
function sharedNodes(document: Document): Set<unknown> {
  const shared = new Set<unknown>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node) || ('anchor' in node && node.anchor) || (node.tag ?? '').startsWith('!re'))
        shared.add(node);
    },
  });
  return shared;
}

function extended(document: Document, path: readonly string[]): boolean {
  const services = document.get('services');
  if (path[0] !== 'services' || path.length < 2 || !isMap(services)) return false;
  return services.items.some(({ value }) => {
    const said = isMap(value) ? value.get('extends') : undefined;
    const service = isMap(said) ? said.get('service') : said;
    return service === path[1];
  });
}
