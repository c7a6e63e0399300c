import { getNodeValue, type Node } from 'jsonc-parser';
import { hostOf } from '../../core/model/settings/hookLine.ts';
import { behindMark, type Edited } from './edited.ts';
import {
  appendElement,
  type JsonPath,
  type JsonValue,
  nodeAt,
  readJson,
  removeNode,
  setProperty,
} from './jsonText.ts';

/** What Infrahold has in a JSON settings file. */
export interface Entries {
  /** Elements of lists: hook entries, permission rules. */
  readonly elements: readonly Entry[];
  /** Properties with a value of their own. One that a person has set otherwise is left alone. */
  readonly properties: readonly Entry[];
  /** What the host wants in the file; with nothing else left the file is of no use. */
  readonly frame: readonly Entry[];
}

export interface Entry {
  readonly path: JsonPath;
  readonly value: JsonValue;
}

/** Puts the entries into a settings text; a text that has them all is given back as it is. */
export function addEntries(text: string | undefined, entries: Entries): Edited {
  return behindMark(text, (bare) => {
    if (bare === undefined || bare.trim() === '') return fresh(entries);
    const read = readJson(bare);
    if ('why' in read) return read;
    if (hasAll(read.root, entries)) return { text: bare };
    const removed = without(bare, entries);
    if ('why' in removed) return removed;
    return added(removed.text, entries);
  });
}

/** Takes the entries out, and what held nothing else; the text is `undefined` where nothing else was in the file. */
export function removeEntries(text: string | undefined, entries: Entries): Edited {
  return behindMark(text, (bare) => {
    if (bare === undefined || bare.trim() === '') return { text: bare };
    const read = readJson(bare);
    if ('why' in read) return read;
    const removed = without(bare, entries);
    if ('why' in removed || removed.text === bare) return removed;
    const left = readJson(removed.text);
    return 'root' in left && isFrame(left.root, entries) ? { text: undefined } : removed;
  });
}

/** The hook entries of ours in a settings value, with the event each stands under. */
export function hooksIn(settings: unknown): readonly FoundHook[] {
  const read = readJson(typeof settings === 'string' ? settings : JSON.stringify(settings));
  if ('why' in read) return [];
  return foundIn(read.root).map(({ event, group, handler }) => ({
    event,
    group: fieldsOf(getNodeValue(group)),
    handler: fieldsOf(getNodeValue(handler)),
  }));
}

export interface FoundHook {
  readonly event: string;
  /** What carries the matcher; the handler itself where a host has no groups. */
  readonly group: Readonly<Record<string, unknown>>;
  readonly handler: Readonly<Record<string, unknown>>;
}

/** The command line of a hook entry in any host's form; `undefined` where it has none. */
export function commandOf(handler: Readonly<Record<string, unknown>>): string | undefined {
  const inner = handler.action === undefined ? handler : fieldsOf(handler.action);
  const [command] = commandNames.map((name) => inner[name]).filter((value) => typeof value === 'string');
  const args = Array.isArray(inner.args) ? inner.args.map(String) : [];
  return command === undefined ? undefined : [command, ...args].join(' ');
}

const commandNames = ['command', 'bash', 'powershell', 'windows', 'commandWindows'];

function fresh(entries: Entries): Edited {
  const made = added('{}', entries);
  return 'why' in made || made.text === undefined ? made : { text: `${made.text}\n` };
}

function added(text: string, { elements, properties, frame }: Entries): Edited {
  let now = text;
  const take = (next: ReturnType<typeof setProperty>) => {
    if (typeof next === 'string') now = next;
    return typeof next === 'string' ? undefined : next;
  };
  for (const { path, value } of [...frame, ...properties]) {
    const unfit = take(setProperty(now, path, value));
    if (unfit !== undefined) return unfit;
  }
  for (const { path, value } of elements) {
    const unfit = take(appendElement(now, path, value));
    if (unfit !== undefined) return unfit;
  }
  return { text: now };
}

/** One node after the other, each found anew, because every removal moves what stands behind it. */
function without(
  text: string,
  entries: Entries,
): { readonly text: string } | Exclude<Edited, { text: unknown }> {
  let now = text;
  for (;;) {
    const read = readJson(now);
    if ('why' in read) return read;
    const node = ownNode(read.root, entries);
    if (node === undefined) return { text: now };
    now = removeWithHolders(now, node);
  }
}

/** What held nothing but our entry was made for it. */
function removeWithHolders(text: string, node: Node): string {
  const own = node.parent?.type === 'property' ? node.parent : node;
  const container = own.parent;
  if (container?.parent === undefined || container.children?.length !== 1) return removeNode(text, node);
  const around =
    text.slice(container.offset + 1, own.offset) +
    text.slice(own.offset + own.length, container.offset + container.length - 1);
  return /^[\s,]*$/.test(around) ? removeWithHolders(text, container) : removeNode(text, node);
}

function ownNode(root: Node, { elements, properties }: Entries): Node | undefined {
  const [hook] = foundIn(root);
  if (hook !== undefined) return hook.isWholeGroup ? hook.group : hook.handler;
  for (const { path, value } of elements) {
    if (typeof value !== 'string') continue;
    const element = nodeAt(root, path)?.children?.find((child) => child.value === value);
    if (element !== undefined) return element;
  }
  for (const { path, value } of properties) {
    const node = nodeAt(root, path);
    if (node !== undefined && canonical(getNodeValue(node)) === canonical(value)) return node;
  }
  return undefined;
}

interface FoundNode {
  readonly event: string;
  readonly group: Node;
  readonly handler: Node;
  readonly isWholeGroup: boolean;
}

/** Hosts keep hooks in lists by event, with or without groups, or in one list that names the event. */
function foundIn(root: Node): FoundNode[] {
  const hooks = nodeAt(root, ['hooks']);
  if (hooks?.type === 'array') {
    return (hooks.children ?? []).flatMap((entry) =>
      inGroup(String(nodeAt(entry, ['trigger'])?.value), entry),
    );
  }
  return (hooks?.children ?? []).flatMap(({ children = [] }) => {
    const [key, list] = children;
    const groups = list?.type === 'array' ? (list.children ?? []) : [];
    return groups.flatMap((group) => inGroup(String(key?.value), group));
  });
}

function inGroup(event: string, group: Node): FoundNode[] {
  if (isOwn(group)) return [{ event, group, handler: group, isWholeGroup: true }];
  const handlers = nodeAt(group, ['hooks'])?.children ?? [];
  const own = handlers.filter(isOwn);
  return own.map((handler) => ({ event, group, handler, isWholeGroup: own.length === handlers.length }));
}

function isOwn(node: Node): boolean {
  if (node.type !== 'object') return false;
  const command = commandOf(fieldsOf(getNodeValue(node)));
  return command !== undefined && hostOf(command) !== undefined;
}

function hasAll(root: Node, { elements, properties, frame }: Entries): boolean {
  const hooks = elements.filter(({ value }) => typeof value !== 'string');
  return (
    foundIn(root).length === hooks.length &&
    elements.every(({ path, value }) => {
      const children = nodeAt(root, path)?.children ?? [];
      return children.some((child) => canonical(getNodeValue(child)) === canonical(value));
    }) &&
    [...properties, ...frame].every(({ path }) => nodeAt(root, path) !== undefined)
  );
}

function isFrame(root: Node, { frame }: Entries): boolean {
  const values = fieldsOf(getNodeValue(root));
  return Object.entries(values).every(([name, value]) =>
    frame.some(({ path, value: own }) => path[0] === name && canonical(own) === canonical(value)),
  );
}

/** Formatters order keys and break lines; neither makes another value. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
