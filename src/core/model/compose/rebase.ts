import type { Span } from '../document.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../yaml/node.ts';
import { bindPath, filePath, isRelative } from './paths.ts';

/** A file's mapping with its relative paths as seen from another folder (compose-go paths/resolve.go). */
export function rebased(root: YamlMap, folder: string): YamlMap {
  if (folder === '.') return root;
  const entries = new Map(root.entries);
  change(entries, 'services', (services) =>
    everyEntry(services, (service) => rebasedService(service, folder)),
  );
  for (const section of ['secrets', 'configs']) {
    change(entries, section, (resources) =>
      everyEntry(resources, (resource) => withFields(resource, { file: asFile(folder) })),
    );
  }
  return { ...root, entries };
}

/** The same nodes, all stated by one stretch of another text: the place that brings the file in. */
export function restated(node: YamlNode, span: Span, known: Map<YamlNode, YamlNode> = new Map()): YamlNode {
  const before = known.get(node);
  if (before !== undefined) return before;
  const entry = ({ node: inner }: YamlEntry): YamlEntry => ({ node: restated(inner, span, known), span });
  const after: YamlNode =
    node.type === 'map'
      ? { ...node, entries: new Map([...node.entries].map(([name, value]) => [name, entry(value)])) }
      : node.type === 'list'
        ? { ...node, items: node.items.map(entry) }
        : node;
  known.set(node, after);
  return after;
}

type Change = (node: YamlNode) => YamlNode;

function rebasedService(service: YamlNode, folder: string): YamlNode {
  const file = asFile(folder);
  const files: Change = (node) =>
    node.type === 'list' ? everyEntry(node, files) : withFields(file(node), { path: file });
  return withFields(service, {
    build: (node) => withFields(file(node), { context: file }),
    env_file: files,
    label_file: files,
    volumes: (node) => everyEntry(node, (mount) => rebasedMount(mount, folder)),
    develop: (node) =>
      withFields(node, { watch: (list) => everyEntry(list, (rule) => withFields(rule, { path: file })) }),
  });
}

/** Only what begins with a dot is relative in the short form; `data` there is the name of a volume. */
function rebasedMount(mount: YamlNode, folder: string): YamlNode {
  if (mount.type === 'map') {
    const type = mount.entries.get('type')?.node;
    const isBind = type?.type === 'scalar' && type.text === 'bind';
    return isBind ? withFields(mount, { source: asFile(folder) }) : mount;
  }
  if (mount.type !== 'scalar' || !/^\.\.?(?:\/|:)/.test(mount.text)) return mount;
  const colon = mount.text.indexOf(':');
  return withText(mount, `${bindPath(`${folder}/${mount.text.slice(0, colon)}`)}${mount.text.slice(colon)}`);
}

function asFile(folder: string): Change {
  return (node) =>
    node.type === 'scalar' && isRelative(node.text)
      ? withText(node, filePath(`${folder}/${node.text}`))
      : node;
}

function withText(node: YamlScalar, text: string): YamlNode {
  return { ...node, value: text, text };
}

function withFields(node: YamlNode, changes: Readonly<Record<string, Change>>): YamlNode {
  if (node.type !== 'map') return node;
  const entries = new Map(node.entries);
  for (const [name, step] of Object.entries(changes)) change(entries, name, step);
  return { ...node, entries };
}

function change(entries: Map<string, YamlEntry>, name: string, step: Change): void {
  const entry = entries.get(name);
  if (entry) entries.set(name, { ...entry, node: step(entry.node) });
}

function everyEntry(node: YamlNode, step: Change): YamlNode {
  const entry = ({ node: inner, span }: YamlEntry): YamlEntry => ({ node: step(inner), span });
  if (node.type === 'list') return { ...node, items: node.items.map(entry) };
  if (node.type === 'scalar') return node;
  return { ...node, entries: new Map([...node.entries].map(([name, value]) => [name, entry(value)])) };
}
