import { readFileSync } from 'node:fs';
import { readDocument } from '../../../src/core/model/read.ts';
import type { Grant } from '../../../src/core/scope/grant.ts';
import { judge } from '../../../src/core/verdict/judge.ts';
import type { Judgement } from '../../../src/core/verdict/judgement.ts';

export const askedFor: Grant = { op: 'remove', address: 'services.l9-postgres' };

/** The incident's edit, judged under these grants; without any, nothing was declared. */
export function judgedIncident(grants?: readonly Grant[]): Judgement {
  return judgedEdit(incident('docker-compose.yml'), incident('ai-edit.yml'), grants);
}

export function judgedEdit(before: string, after: string, grants?: readonly Grant[]): Judgement {
  return judge({
    before: readDocument('compose', before),
    after: readDocument('compose', after),
    scope: grants === undefined ? undefined : { grants },
    author: 'ai',
  });
}

/** Says a message as it is, without a translation. */
export function say(message: string, ...values: (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)]));
}

function incident(name: string): string {
  return readFileSync(`test/cases/incident/${name}`, 'utf8');
}
