import type { Entity } from '../model/document.ts';
import type { ChangeOp } from './change.ts';
import { fieldOf } from './references.ts';

export interface Loss {
  readonly loss: boolean;
  readonly dataLoss: boolean;
}

/**
 * What a change takes away. `hasVolumes` tells whether the document before declares volumes: then a new project
 * name gives every one of them a new, empty volume (compose-go loader/normalize.go setNameFromKey).
 */
export function lossOf(
  op: ChangeOp,
  before: Entity | undefined,
  after: Entity | undefined,
  hasVolumes: boolean,
): Loss {
  const subject = before ?? after;
  if (subject === undefined) return none;
  const dataLoss = losesData(op, subject, before, after, hasVolumes);
  return { loss: dataLoss || op === 'removed' || op === 'renamed' || unpublishes(before, after), dataLoss };
}

const none: Loss = { loss: false, dataLoss: false };

function losesData(
  op: ChangeOp,
  subject: Entity,
  before: Entity | undefined,
  after: Entity | undefined,
  hasVolumes: boolean,
): boolean {
  const [top] = subject.path;
  // The volume's key gives its real name, so a renamed key is a new, empty volume; so is another driver or name.
  if (top === 'volumes') return subject.kind === 'volume' ? op !== 'added' : !isRemark(subject);
  if (top === 'name' && subject.path.length === 1) return hasVolumes;
  if (subject.kind !== 'mount' || before === undefined) return false;
  if (after === undefined) return fieldOf(before, 'type') === 'volume';
  const moved =
    fieldOf(before, 'source') !== fieldOf(after, 'source') ||
    fieldOf(before, 'type') !== fieldOf(after, 'type');
  return moved && fieldOf(before, 'read_only') !== true;
}

/** Labels of a volume say nothing about where its data is. */
function isRemark(subject: Entity): boolean {
  return subject.path[2] === 'labels';
}

function unpublishes(before: Entity | undefined, after: Entity | undefined): boolean {
  if (before?.kind !== 'port' || after === undefined) return false;
  return fieldOf(before, 'published') !== undefined && !sameAddress(before, after);
}

function sameAddress(before: Entity, after: Entity): boolean {
  return (
    fieldOf(before, 'published') === fieldOf(after, 'published') &&
    (fieldOf(before, 'host_ip') === fieldOf(after, 'host_ip') || fieldOf(after, 'host_ip') === undefined)
  );
}
