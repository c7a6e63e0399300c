import { sameBytes } from './content.ts';
import type { JudgedChange, Judgement } from './core/verdict/judgement.ts';
import { type Edit, judgeEdit } from './judging.ts';
import type { Ports, RefusedEntry } from './ports.ts';

/**
 * The refused version, by its id in quarantine, that an edit brings back on another road: an agent was turned away
 * and now writes the same, or a part of the same, with a program. The edit itself has been kept as `id`;
 * `earlier` is what was known of the same content before.
 */
export async function returningFrom(
  ports: Ports,
  before: Uint8Array | undefined,
  edit: Edit & { readonly id: string; readonly earlier: RefusedEntry | undefined },
  judgement: Judgement,
): Promise<string | undefined> {
  const { quarantine, clock } = ports;
  const others = (await quarantine.list(edit.path)).filter(({ id }) => id !== edit.id);
  const refused = [...(edit.earlier === undefined ? [] : [edit.earlier]), ...others].filter(
    ({ road, at, origin }) =>
      road === 'hook' &&
      clock.now() - at < memory &&
      (edit.origin.session === undefined || origin.session === edit.origin.session),
  );
  for (const { id } of refused.slice(0, mostCompared)) {
    const version = await quarantine.get(id);
    if (version === undefined) continue;
    if (sameBytes(version.content, edit.after)) return id;
    const then = await judgeEdit(ports, before, { ...edit, after: version.content });
    if (isPartOf(outside(judgement), outside(then))) return id;
  }
  return undefined;
}

/** As long as a session's scope counts. */
const memory = 12 * 3_600_000;
const mostCompared = 10;

function isPartOf(some: readonly JudgedChange[], all: readonly JudgedChange[]): boolean {
  const known = new Set(all.map(nameOf));
  return some.length > 0 && some.every((change) => known.has(nameOf(change)));
}

function outside({ changes }: Judgement): readonly JudgedChange[] {
  return changes.filter(({ inScope }) => !inScope);
}

function nameOf({ op, address, to, renamedTo }: JudgedChange): string {
  return JSON.stringify([op, address, to, renamedTo]);
}
