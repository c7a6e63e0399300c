import { isNull, type YamlEntry } from '../../yaml/node.ts';
import { type Finding, type Model, refused } from './finding.ts';
import { entriesIn, entryAt, textAt } from './yaml.ts';

/** What is wrong with what services share (compose-go validation/external.go, validation/validation.go). */
export function resourceFindings({ whole }: Model): Finding[] {
  const each = (section: string, check: (path: readonly string[], entry: YamlEntry) => Finding | undefined) =>
    entriesIn(entryAt(whole, section)?.node).flatMap(([name, entry]) => check([section, name], entry) ?? []);
  return [
    ...each('volumes', externalIsAlone),
    ...each('configs', (path, entry) => contentIsOne(path, entry, ['file', 'environment', 'content'])),
    ...each('secrets', (path, entry) => contentIsOne(path, entry, ['file', 'environment'])),
  ];
}

/** Networks are not looked at in this way. */
function externalIsAlone(path: readonly string[], { node }: YamlEntry): Finding | undefined {
  const external = entryAt(node, 'external');
  const isExternal = external?.node.type === 'map' || /^(?:true|yes|y|on)$/i.test(textAt(external) ?? '');
  if (!isExternal) return undefined;
  const other = entriesIn(node).find(([name]) => !/^(?:external|name|x-.*)$/.test(name));
  if (other === undefined) return undefined;
  const [name, { span }] = other;
  const message = `volume ${path.at(-1)} is external, so that its ${name} is not for Compose to set`;
  return refused('contradiction', [...path, name], span, message);
}

/** A driver may have its own way to the content. */
function contentIsOne(
  path: readonly string[],
  { node, span }: YamlEntry,
  names: readonly string[],
): Finding | undefined {
  const given = names.filter((name) => entryAt(node, name) !== undefined);
  const what = `${path[0]?.slice(0, -1)} ${path.at(-1)}`;
  const second = entryAt(node, given[1] ?? '');
  if (second !== undefined) {
    const message = `${what} has both ${given.slice(0, 2).join(' and ')}, which exclude each other`;
    return refused('contradiction', path, second.span, message);
  }
  const isElsewhere = entryAt(node, 'driver') !== undefined || entryAt(node, 'external') !== undefined;
  if (given.length > 0 || isElsewhere || (node.type !== 'map' && !isNull(node))) return undefined;
  return refused('missing-key', path, span, `${what} needs one of ${names.join(', ')}`);
}
