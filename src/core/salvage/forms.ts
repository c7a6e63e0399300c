import { type Collection, type Entry, emptyLeaf, type Leaf, type Value } from './layout.ts';

/** The entry, written within one line, as it stands in a flow collection. Its comments have no place there. */
export function toFlowEntry(entry: Entry): Entry {
  const { mark, value, key } = entry;
  const isItem = key === undefined && mark.startsWith('-');
  const flow = toFlowValue(value);
  const isEmpty = flow.shape === 'leaf' && flow.text === '';
  return {
    ...entry,
    above: '',
    own: '',
    indent: '',
    mark: isItem ? '' : mark,
    props: isItem ? entry.props.trim() : entry.props,
    pad: isEmpty || (isItem && entry.props === '') || mark === '' ? '' : ' ',
    value: flow,
    rest: '',
    below: '',
  };
}

export function toFlowValue(value: Value): Value {
  if (value.shape === 'leaf') return toFlowLeaf(value);
  const isWide = value.shape === 'map' && value.entries.length > 0;
  const entries = value.entries.map(toFlowEntry);
  for (const [index, entry] of entries.entries()) entry.above = index > 0 || isWide ? ' ' : '';
  return {
    ...value,
    style: 'flow',
    column: 0,
    entries,
    close: value.shape === 'seq' ? ']' : isWide ? ' }' : '}',
  };
}

/** An entry of a flow collection as one of a block collection. */
export function toBlockEntry(entry: Entry, shape: Collection['shape'], column: number, eol: string): Entry {
  const mark = shape === 'seq' ? '-' : entry.mark.endsWith(':') ? entry.mark : `${entry.mark}:`;
  const isEmpty = entry.value.shape === 'leaf' && entry.value.text === '';
  const props = entry.props.trim();
  return {
    ...entry,
    above: '',
    own: '',
    indent: ' '.repeat(column),
    mark,
    props: props && ` ${props}`,
    pad: isEmpty ? '' : ' ',
    rest: eol,
    below: '',
  };
}

/** How the entries of a section read as a list and as a mapping. */
export type Form = 'assignment' | 'dependency' | 'name';

const forms: Readonly<Record<string, Form>> = {
  environment: 'assignment',
  labels: 'assignment',
  args: 'assignment',
  annotations: 'assignment',
  sysctls: 'assignment',
  extra_hosts: 'assignment',
  additional_contexts: 'assignment',
  driver_opts: 'assignment',
  depends_on: 'dependency',
  networks: 'name',
  models: 'name',
};

export function formOf(section: string | undefined): Form | undefined {
  return section !== undefined && Object.hasOwn(forms, section) ? forms[section] : undefined;
}

/** A list item as a pair, what it contains at the column; `undefined` where a mapping cannot say the same. */
export function itemToPair(item: Entry, form: Form, column: number): Entry | undefined {
  const says = item.value.shape === 'leaf' ? item.value.says : undefined;
  if (says === undefined || says === '' || item.props !== '') return undefined;
  if (form !== 'assignment')
    return pairOf(item, says, form === 'dependency' ? startedDependency(item, column) : emptyLeaf);
  const equals = says.indexOf('=');
  const name = equals === -1 ? says : says.slice(0, equals);
  if (name === '' || name.includes('$') || /\s$/.test(name)) return undefined;
  return pairOf(item, name, equals === -1 ? emptyLeaf : leafOf(says.slice(equals + 1)));
}

/** A pair as a list item; `undefined` where a list cannot say the same. */
export function pairToItem(pair: Entry, form: Form): Entry | undefined {
  const { key, value, props } = pair;
  if (key === undefined || key === '<<' || props !== '') return undefined;
  const text =
    form === 'assignment' ? assignmentOf(key, value) : saysNothingMore(value, form) ? key : undefined;
  if (text === undefined) return undefined;
  return { ...pair, mark: '-', pad: ' ', value: leafOf(text, 'item'), key: undefined };
}

function assignmentOf(key: string, value: Value): string | undefined {
  if (value.shape !== 'leaf' || value.says === undefined || key.includes('=')) return undefined;
  const isNull =
    value.style === 'empty' || (value.style === 'plain' && /^(?:~|null|Null|NULL)$/.test(value.text));
  if (isNull) return key;
  // A number may be written otherwise than it is meant (`1.10`, `0777`); a list would take it to the letter.
  const isLiteral = value.style !== 'plain' || /^(?:0|-?[1-9]\d{0,14}|true|false)$/.test(value.text);
  return isLiteral || isString(value.text) ? `${key}=${value.says}` : undefined;
}

function saysNothingMore(value: Value, form: Form): boolean {
  if (form === 'name')
    return value.shape === 'leaf' ? /^(?:|~|null)$/.test(value.text) : value.entries.length === 0;
  if (value.shape !== 'map') return false;
  const [condition] = value.entries;
  return (
    value.entries.length === 1 &&
    condition?.key === 'condition' &&
    condition.value.shape === 'leaf' &&
    condition.value.says === 'service_started'
  );
}

function pairOf(item: Entry, key: string, value: Value): Entry {
  const pad = value.shape === 'leaf' && value.text === '' ? '' : ' ';
  return { ...item, mark: `${scalar(key, 'key')}:`, pad, value, key };
}

/** What a dependency in list form means, said in a mapping. */
function startedDependency(item: Entry, column: number): Value {
  const says = leafOf('service_started');
  const eol = /\r?\n$/.exec(item.rest)?.[0] ?? '';
  const entry = { ...item, above: '', own: '', below: '', props: '', rest: eol, anchor: undefined };
  const condition = { ...entry, mark: 'condition:', pad: ' ', key: 'condition', value: says };
  return {
    shape: 'map',
    style: 'block',
    column,
    entries: [{ ...condition, indent: ' '.repeat(column) }],
    close: '',
  };
}

function leafOf(says: string, place: 'value' | 'item' = 'value'): Leaf {
  const text = scalar(says, place);
  return { shape: 'leaf', text, says, style: text === says ? 'plain' : 'quoted' };
}

function scalar(says: string, place: 'key' | 'value' | 'item'): string {
  const isPlain = isString(says) && (place === 'item' || !/^[\d.]/.test(says));
  return isPlain ? says : JSON.stringify(says);
}

function toFlowLeaf(leaf: Leaf): Leaf {
  if (leaf.style === 'alias' || leaf.says === undefined) return leaf;
  const isSafe = leaf.style === 'block' ? false : !leaf.text.includes('\n');
  if (isSafe && (leaf.style !== 'plain' || !/[,[\]{}]/.test(leaf.text))) return leaf;
  return { ...leaf, text: JSON.stringify(leaf.says), style: 'quoted' };
}

/** Whether an unquoted text is a string to every reader, and reads the same in any place. */
function isString(text: string): boolean {
  if (
    !/^[\w./$@%^()~+=\\-][^\n\r\t#]*$/.test(text) ||
    /^[-?](?:\s|$)|:(?:\s|$)|\s$|^(?:---|\.\.\.)/.test(text)
  )
    return false;
  return !/^(?:~|null|true|false|yes|no|on|off|y|n|<<|=)$/i.test(text) && !/^[-+.]?[\d.]/.test(text);
}
