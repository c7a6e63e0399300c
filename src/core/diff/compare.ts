import { formatAddress } from '../model/address.ts';
import type { Entity, InfraDocument, Position } from '../model/document.ts';
import { positionsIn } from '../model/document.ts';
import { fromSameWords } from '../model/moved.ts';
import { once } from '../model/once.ts';
import { redactPair, redactValue } from '../redact.ts';
import type { Change, ChangeOp } from './change.ts';
import { detailsOf } from './details.ts';
import { deepEqual } from './equal.ts';
import { findingsIn } from './findings/findings.ts';
import type { Documents } from './findings/pair.ts';
import { lossOf } from './loss.ts';
import { byGravity } from './order.ts';
import { type Difference, pairPorts, pairRenames } from './pairs.ts';

/**
 * What an edit changes in meaning, gravest first. An entity that came or went is one change with all it contains;
 * inside an entity that stayed, each part that differs is a change of its own. Texts with the same meaning give
 * none. Meaningful only for documents without problems.
 */
export function changesBetween(before: InfraDocument, after: InfraDocument): Change[] {
  const differences: Difference[] = [];
  compareChildren(before.root, after.root, differences);
  const real = differences.filter((difference) => !isOnlyNamed(difference, before, after));
  const paired = pairRenames(pairPorts(real));
  const places = { before: positionsIn(before.text), after: positionsIn(after.text) };
  const documents = { before, after };
  return paired.map((difference) => toChange(difference, places, documents)).sort(byGravity);
}

/** A variable that the text names no more, or only now, and that is what it was, is no change of its own. */
function isOnlyNamed({ before, after }: Difference, old: InfraDocument, fresh: InfraDocument): boolean {
  const [entity, other] = before === undefined ? [after, old] : [before, fresh];
  const [section, name = ''] = entity?.path ?? [];
  if (section !== '.env' || (before !== undefined && after !== undefined)) return false;
  return other.env !== undefined && Object.hasOwn(other.env, name) && other.env[name] === entity?.value;
}

function compareChildren(before: Entity | undefined, after: Entity | undefined, found: Difference[]): void {
  for (const [name, old] of before?.children ?? []) compareEntity(old, after?.children.get(name), found);
  for (const [name, fresh] of after?.children ?? []) {
    if (!before?.children.has(name)) compareEntity(undefined, fresh, found);
  }
}

function compareEntity(before: Entity | undefined, after: Entity | undefined, found: Difference[]): void {
  if (before && after && fromSameWords(before, after)) return;
  const isSection = (before ?? after)?.kind === 'section' && (after ?? before)?.kind === 'section';
  const bothHaveParts = before && after && before.value === undefined && after.value === undefined;
  if (isSection) compareSection(before, after, found);
  else if (bothHaveParts) compareChildren(before, after, found);
  else if (!deepEqual(before?.value, after?.value) || !before || !after) found.push({ before, after });
}

/**
 * A section has no meaning of its own, so its coming or going is that of each thing in it. One that is there with
 * nothing in it is told only where there is nothing else to tell: Compose refuses most of them.
 */
function compareSection(before: Entity | undefined, after: Entity | undefined, found: Difference[]): void {
  const known = found.length;
  compareChildren(before, after, found);
  if (found.length === known && !deepEqual(before?.value, after?.value)) found.push({ before, after });
}

interface Places {
  readonly before: (offset: number) => Position;
  readonly after: (offset: number) => Position;
}

/** The words for people are found when they are read: a hook that refuses names the entities and nothing more. */
function toChange({ before, after, path }: Difference, places: Places, documents: Documents): Change {
  const op = opOf(before, after);
  const subject = before ?? after;
  if (subject === undefined) throw new Error('a difference has at least one side');
  const findings = findingsIn({ before, after, path: subject.path }, documents);
  const { loss, dataLoss } = lossOf(op, before, after, findings);
  const words = once(() => labels(before, after));
  const details = once(() => (op === 'changed' ? [] : detailsOf(subject)));
  return {
    op,
    kind: subject.kind,
    path: path ?? subject.path,
    address: formatAddress(path ?? subject.path),
    renamedTo: op === 'renamed' ? after?.path : undefined,
    get from() {
      return words()[0];
    },
    get to() {
      return op === 'renamed' ? after?.path.at(-1) : words()[1];
    },
    loss,
    dataLoss,
    before: before && places.before(before.span.start),
    after: after && places.after(after.span.start),
    get details() {
      return details();
    },
    findings,
  };
}

function opOf(before: Entity | undefined, after: Entity | undefined): ChangeOp {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  return before.path.at(-1) !== after.path.at(-1) && before.kind !== 'port' ? 'renamed' : 'changed';
}

function labels(
  before: Entity | undefined,
  after: Entity | undefined,
): [string | undefined, string | undefined] {
  if (before !== undefined && after !== undefined) {
    return redactPair(before.path, before.label, after.label);
  }
  return [before && redactValue(before.path, before.label), after && redactValue(after.path, after.label)];
}
