import { sameMeaning } from '../../../../src/core/diff/equal.ts';
import type { Entity, InfraDocument } from '../../../../src/core/model/document.ts';
import { type WishedChange, Wishes } from '../../../../src/core/salvage/wishes.ts';

/** Whether a document means what `before` means with these changes, and nothing else. */
export function meansWished(
  before: InfraDocument,
  after: InfraDocument,
  changes: readonly WishedChange[],
  result: InfraDocument,
): boolean {
  if (result.problems.length > 0) return false;
  const { all } = new Wishes(before, after, changes);
  let root = before.root;
  for (const wish of all) if (wish.before) root = put(root, wish.before.path, undefined);
  for (const wish of all) if (wish.after) root = put(root, wish.after.path, wish.after);
  return sameMeaning(withoutEmpty(root), withoutEmpty(result.root));
}

function put(parent: Entity, path: readonly string[], entity: Entity | undefined): Entity {
  const [name = '', ...rest] = path;
  const children = new Map(parent.children);
  const child = rest.length === 0 ? entity : put(children.get(name) ?? emptySection, rest, entity);
  if (child) children.set(name, child);
  else children.delete(name);
  return { ...parent, children };
}

function withoutEmpty(entity: Entity): Entity {
  const children = [...entity.children].map(([name, child]): [string, Entity] => [name, withoutEmpty(child)]);
  return { ...entity, children: new Map(children.filter(([, child]) => !isEmpty(child))) };
}

function isEmpty({ kind, children }: Entity): boolean {
  return kind === 'section' && children.size === 0;
}

const emptySection: Entity = {
  kind: 'section',
  path: [],
  value: undefined,
  label: '',
  span: { start: 0, end: 0 },
  children: new Map(),
};
