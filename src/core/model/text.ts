import type { Entity, InfraDocument } from './document.ts';

/** Reads a text that has no inner structure for us: one entity that is the whole file. */
export function readText(text: string): InfraDocument {
  const span = { start: 0, end: text.length };
  const lines = text === '' ? 0 : text.replace(/(?:\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/).length;
  const label = `${lines} ${lines === 1 ? 'line' : 'lines'}`;
  const file: Entity = { kind: 'file', path: ['file'], value: text, label, span, children: new Map() };
  const children = new Map([['file', file]]);
  const root: Entity = { kind: 'document', path: [], value: undefined, label: '', span, children };
  return { kind: 'text', text, root, problems: [] };
}
