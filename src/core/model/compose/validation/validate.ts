import type { Entity, ModelProblem } from '../../document.ts';
import { positionsIn } from '../../document.ts';
import { nearest } from '../../nearest.ts';
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
    .map((finding, index) => {
      const { code, severity, subject, missing, offset } = finding;
      const message = index < mostHinted ? withHint(finding) : finding.message;
      return { code, severity, subject, message, ...(missing && { missing }), ...place(offset) };
    });
}

/** Looking for the name that was meant takes time, and nobody reads a hundred of them. */
const mostHinted = 20;

function withHint({ message, misspelled }: Finding): string {
  const meant = misspelled && nearest(misspelled.name, misspelled.known);
  return meant === undefined ? message : `${message} (did you mean ${meant}?)`;
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
