import type { Sources } from './compose/sources.ts';
import { readCompose } from './compose.ts';
import type { DocumentKind, InfraDocument } from './document.ts';
import { readSettings } from './settings/read.ts';
import { readText } from './text.ts';

/** Reads a protected file of any kind. Whatever the text is, the answer is a document and never an error. */
export function readDocument(kind: DocumentKind, text: string, sources?: Sources): InfraDocument {
  switch (kind) {
    case 'compose':
      return readCompose(text, sources);
    case 'text':
      return readText(text);
    case 'settings':
      return readSettings(text);
    default:
      return kind satisfies never;
  }
}

/** The document of a file that does not exist: it holds nothing, and that is no problem. */
export function emptyDocument(kind: DocumentKind): InfraDocument {
  const span = { start: 0, end: 0 };
  const root = {
    kind: 'document',
    path: [],
    value: undefined,
    label: '',
    span,
    children: new Map(),
  } as const;
  return { kind, text: '', root, problems: [] };
}
