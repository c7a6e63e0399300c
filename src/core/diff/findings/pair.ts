import type { Entity, InfraDocument } from '../../model/document.ts';
import type { Finding, FindingCode } from './codes.ts';

/** One entity before and after, `undefined` on the side where it is not. */
export interface Pair {
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
  /** The path where it is, or was. */
  readonly path: readonly string[];
}

/** What a rule may look at beyond the pair. */
export interface Documents {
  readonly before: InfraDocument;
  readonly after: InfraDocument;
}

export type Rule = (pair: Pair, documents: Documents) => Finding[];

export function finding(code: FindingCode, message: string): Finding[] {
  return [{ code, message }];
}

/** A field of a service: `services.NAME.FIELD`, and what is below it. */
export function fieldIn({ path }: Pair): { readonly service: string; readonly field: string } | undefined {
  const [section, service, field] = path;
  return section === 'services' && service !== undefined && field !== undefined
    ? { service, field }
    : undefined;
}

/** A value as a text, where it is one. */
export function textOf(entity: Entity | undefined): string | undefined {
  return typeof entity?.value === 'string' ? entity.value : undefined;
}
