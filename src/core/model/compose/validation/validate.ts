import type { Entity, ModelProblem } from '../../document.ts';
import { positionsIn } from '../../document.ts';
import type { YamlMap } from '../../yaml/node.ts';
import { documentOf } from '../project.ts';
import type { Sources } from '../sources.ts';
import { consistencyFindings } from './consistency.ts';
import { expressionFindings } from './expressions.ts';
import { fileFindings } from './files.ts';
import type { Finding, Model } from './finding.ts';
import { hostPortFindings } from './hostPorts.ts';
import { withKnown } from './known.ts';
import { schemaFindings } from './misfits.ts';
import { orderFindings } from './order.ts';
import { undefinedReferences } from './references.ts';
import { resourceFindings } from './resources.ts';
import { valueFindings } from './values.ts';

/**
 * What Compose would say of a mapping that can be read: why it would not load it, and what will go wrong later. The
 * order is Compose's own, so that of two problems in one place the first it would name is kept.
 */
export function modelProblems(whole: YamlMap, root: Entity, text: string, sources: Sources): ModelProblem[] {
  const known = withKnown(whole, sources.env);
  const model: Model = {
    whole: known,
    root: known === whole ? root : documentOf(known, text, sources, []),
    text,
    sources,
  };
  const found = new Map<string, Finding>();
  for (const finding of checks.flatMap((check) => check(model))) {
    const key = `${finding.offset} ${finding.subject}`;
    if (!found.has(key)) found.set(key, finding);
  }
  const place = positionsIn(text);
  return [...found.values()]
    .sort((one, other) => one.offset - other.offset)
    .map(({ offset, ...finding }) => ({ ...finding, ...place(offset) }));
}

const checks: readonly ((model: Model) => Finding[])[] = [
  expressionFindings,
  schemaFindings,
  valueFindings,
  resourceFindings,
  consistencyFindings,
  undefinedReferences,
  orderFindings,
  fileFindings,
  hostPortFindings,
];
