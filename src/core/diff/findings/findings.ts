import type { Entity } from '../../model/document.ts';
import { once } from '../../model/once.ts';
import { redactText } from '../../redact.ts';
import type { Finding } from './codes.ts';
import { dataFindings } from './data.ts';
import { healthFindings } from './health.ts';
import { hostFindings } from './host.ts';
import type { Documents, Pair, Rule } from './pair.ts';
import { portFindings } from './ports.ts';
import { privilegeFindings } from './privileges.ts';

/**
 * What a person must see in one change. What comes with a new service is looked through part by part; of one that
 * goes, only the ports: its data is told of with the volumes, which may well stay.
 */
export function findingsIn(pair: Pair, documents: Documents): Finding[] {
  const { before, after } = pair;
  const isRename = before !== undefined && after !== undefined && before.path.at(-1) !== after.path.at(-1);
  if (isRename && before.kind === 'service') {
    return [
      {
        code: 'service-renamed',
        message: `the container of ${before.path.at(-1)} keeps running and keeps its ports until it is removed`,
      },
    ];
  }
  const own = dataFindings(pair, documents);
  const rules = after === undefined && before?.kind === 'service' ? [portFindings] : partRules;
  return [...own, ...inParts(pair, rules, documents)].map(masked);
}

/** A message quotes what the file says, and is masked when it is read: most are only counted. */
function masked({ code, message }: Finding): Finding {
  const shown = once(() => redactText(message));
  return {
    code,
    get message() {
      return shown();
    },
  };
}

const partRules: readonly Rule[] = [portFindings, hostFindings, privilegeFindings, healthFindings];

function inParts(pair: Pair, rules: readonly Rule[], documents: Documents): Finding[] {
  const { before, after, path } = pair;
  const own = rules.flatMap((rule) => rule(pair, documents));
  const parts = [...((after ?? before)?.children ?? new Map<string, Entity>())];
  // The parts of a pair on both sides are changes of their own, and a whole that was told of needs no more.
  if (own.length > 0 || (before !== undefined && after !== undefined)) return own;
  return [
    ...own,
    ...parts.flatMap(([name, part]) =>
      inParts({ before: before && part, after: after && part, path: [...path, name] }, rules, documents),
    ),
  ];
}
