import type { RequestReading } from '../../../../src/core/scope/grant.ts';

/** A reading in lines: a grant as it is, `? phrase: candidates` for what is ambiguous, `! text` for what is lost. */
export function show({ grants, ambiguous, notUnderstood }: RequestReading): string[] {
  return [
    ...grants.map(({ op, address, to }) => `${op} ${address}${to === undefined ? '' : ` ${to}`}`),
    ...ambiguous.map(({ phrase, candidates }) => `? ${phrase}: ${candidates.join(' | ')}`),
    ...notUnderstood.map((text) => `! ${text}`),
  ];
}
