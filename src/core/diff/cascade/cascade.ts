import type { InfraDocument } from '../../model/document.ts';
import type { Change } from '../change.ts';
import type { Affected } from '../reasons.ts';
import { isolated, lostDependencies, unpublishedPorts, unsharedVolumes } from './apart.ts';
import type { Edit } from './edit.ts';
import { failingWith, failures, portsStillHeld } from './failures.ts';
import { madeAnewWith, onRecreatedNetworks, onReplacedVolumes, restartedWith } from './madeAnew.ts';

/**
 * Which services stop working, are stopped or made anew because of what happens to another, to a network or to a
 * volume. What was so before the edit is not its doing.
 */
export function cascadeBetween(
  before: InfraDocument,
  after: InfraDocument,
  changes: readonly Change[],
  recreated: readonly string[],
): Affected[] {
  const edit: Edit = { before, after, renamed: renamesIn(changes), recreated: new Set(recreated) };
  const known = new Set(failures(before).map(keyOf));
  const failing = [...failures(after), ...portsStillHeld(edit)].filter((one) => !known.has(keyOf(one)));
  const found = [
    ...failing,
    ...failingWith(after, failing),
    ...lostDependencies(edit),
    ...unpublishedPorts(edit),
    ...madeAnewWith(edit),
    ...restartedWith(edit),
    ...onRecreatedNetworks(edit),
    ...onReplacedVolumes(edit),
    ...unsharedVolumes(edit),
    ...isolated(edit),
  ];
  return [...new Map(found.map((one) => [keyOf(one), one])).values()];
}

function renamesIn(changes: readonly Change[]): Map<string, string> {
  return new Map(
    changes.flatMap(({ kind, path, renamedTo }): [string, string][] =>
      kind === 'service' && renamedTo !== undefined ? [[path.at(-1) ?? '', renamedTo.at(-1) ?? '']] : [],
    ),
  );
}

function keyOf({ service, cause, reason }: Affected): string {
  return JSON.stringify([service, cause, reason]);
}
