import type { Entity, InfraDocument, Json, Problem } from '../document.ts';
import type { Holding } from './holding.ts';
import { hostOf } from './hookLine.ts';
import { scriptIn, tablesIn } from './tables.ts';

/**
 * Reads the settings of an agent or an editor for what concerns the guard, and for nothing else: whatever else stands in
 * the file, and whoever changes it, is nobody's concern here. A file that names nothing of ours may even be broken.
 */
export function readSettings(text: string): InfraDocument {
  if (!worthReading.test(text)) return documentOf(text, nothing);
  const bare = text.replace(/^\uFEFF/, '');
  if (!/^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*\{/.test(bare)) {
    const script = scriptIn(bare);
    return documentOf(text, script ?? tablesIn(bare));
  }
  const value = parsed(bare);
  if (value === undefined) return { ...documentOf(text, nothing), problems: [broken] };
  return documentOf(text, { hooks: hooksIn(value), switches: switchesIn(value) });
}

/** The words by which a switch or an entry is written, and the escape by which JSON could hide them. */
const worthReading = /infrahold|cli\.js|hooks|disabled|readonly|\\u|autoapprove/i;

const nothing: Holding = { hooks: new Map(), switches: new Map() };

const broken: Problem = {
  code: 'wrong-shape',
  message: 'the settings are not JSON, and they hold what keeps the guard in place',
  line: 1,
  column: 1,
};

/** Comments and trailing commas are what editors add to JSON; a hook has no time to load a parser for these two. */
function parsed(text: string): unknown {
  const bare = text
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1')
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, '$1');
  try {
    return JSON.parse(bare);
  } catch {
    return undefined;
  }
}

/** Hosts keep hooks in lists by event, with or without groups, or in one list that names the event. */
function hooksIn(value: unknown): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  const note = (event: string, entry: Json) => {
    const known = found.get(event);
    found.set(event, [...(Array.isArray(known) ? known : []), entry]);
  };
  const hooks = at(value, 'hooks');
  if (Array.isArray(hooks)) {
    for (const entry of hooks) {
      const own = ownPartOf(entry);
      if (own !== undefined) note(String(at(entry, 'trigger')), own);
    }
  } else {
    for (const [event, list] of Object.entries(fieldsOf(hooks))) {
      for (const group of Array.isArray(list) ? list : []) {
        const own = ownPartOf(group);
        if (own !== undefined) note(event, own);
      }
    }
  }
  for (const rule of listAt(value, 'permissions', 'ask')) {
    if (typeof rule === 'string' && ownFiles.test(rule)) found.set(`ask ${rule}`, rule);
  }
  for (const [glob, answer] of Object.entries(fieldsOf(at(value, 'chat.tools.edits.autoApprove')))) {
    if (ownFiles.test(glob) && answer === false) found.set(`ask ${glob}`, glob);
  }
  return found;
}

const ownFiles = /infrahold|hooks\.json|settings(?:\.local)?\.json/i;

/** A group with only our handlers in it: those of others may come and go. */
function ownPartOf(group: unknown): Json | undefined {
  if (isOwn(group)) return plain(group);
  const own = listAt(group, 'hooks').filter(isOwn);
  return own.length === 0 ? undefined : plain({ ...fieldsOf(group), hooks: own });
}

function isOwn(handler: unknown): boolean {
  const inner = at(handler, 'action') ?? handler;
  const args = listAt(inner, 'args').map(String);
  return ['command', 'bash', 'powershell', 'windows', 'commandWindows'].some((name) => {
    const command = at(inner, name);
    return typeof command === 'string' && hostOf([command, ...args].join(' ')) !== undefined;
  });
}

/**
 * What turns every hook off, as each host calls it: Claude Code, Copilot and Qwen Code `disableAllHooks`, VS Code
 * `chat.useHooks`, Gemini CLI `hooksConfig`; and what takes files out of the lock in the editor.
 */
function switchesIn(value: unknown): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  const settings = at(value, 'settings') ?? value;
  if (at(value, 'disableAllHooks') === true) found.set('disableAllHooks', true);
  for (const name of ['chat.useHooks', 'chat.useClaudeHooks', 'chat.useCustomAgentHooks'])
    if (at(settings, name) === false) found.set(name, false);
  for (const [place, isRead] of Object.entries(fieldsOf(at(settings, 'chat.hookFilesLocations'))))
    if (isRead === false) found.set(`chat.hookFilesLocations ${place}`, false);
  if (at(at(value, 'hooksConfig'), 'enabled') === false) found.set('hooksConfig.enabled', false);
  for (const name of [...listAt(value, 'hooksConfig', 'disabled'), ...listAt(value, 'hooks', 'disabled')])
    if (/infrahold/i.test(String(name))) found.set(`disabled ${String(name)}`, true);
  for (const [name, inner] of Object.entries(fieldsOf(settings)))
    if (name.startsWith('infrahold.')) found.set(name, plain(inner));
  // A folder's own settings come after the person's, in which the lock is.
  for (const isOpen of [true, false]) {
    const name = isOpen ? 'files.readonlyExclude' : 'files.readonlyInclude';
    for (const [glob, isOn] of Object.entries(fieldsOf(at(settings, name))))
      if (isOn === isOpen) found.set(`${name} ${glob}`, isOn);
  }
  for (const [name, inner] of Object.entries(fieldsOf(at(value, 'env'))))
    if (name.startsWith('INFRAHOLD_')) found.set(`env ${name}`, plain(inner));
  return found;
}

function at(value: unknown, name: string): unknown {
  const fields = fieldsOf(value);
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function listAt(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const inner = names.reduce<unknown>(at, value);
  return Array.isArray(inner) ? inner : [];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** What was read from JSON is JSON. Keys are put in order, because their order has no meaning. */
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, inner]) => [name, plain(inner)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function documentOf(text: string, { hooks, switches }: Holding): InfraDocument {
  const span = { start: 0, end: text.length };
  const sections = [sectionOf('hooks', hooks, text), sectionOf('switches', switches, text)];
  const children = new Map(sections.map((section) => [section.path[0] ?? '', section]));
  const root: Entity = { kind: 'document', path: [], value: undefined, label: '', span, children };
  return { kind: 'settings', text, root, problems: [] };
}

function sectionOf(name: string, values: ReadonlyMap<string, Json>, text: string): Entity {
  const start = Math.max(0, text.indexOf(name));
  const span = { start, end: start };
  const children = [...values].map(([part, value]): [string, Entity] => {
    const place = Math.max(start, text.indexOf(part.split(' ')[0] ?? part));
    const label = typeof value === 'string' ? value : JSON.stringify(value);
    const where = { start: place, end: place };
    return [part, { kind: 'field', path: [name, part], value, label, span: where, children: new Map() }];
  });
  return { kind: 'section', path: [name], value: undefined, label: '', span, children: new Map(children) };
}
