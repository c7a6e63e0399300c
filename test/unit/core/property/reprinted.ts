import { type Document, parseDocument, visit } from 'yaml';

/** Applies a step to the tree and prints it. What has a mark that the printer may move is left alone. */
export function reprinted(
  text: string,
  step: (document: Document) => void,
  options: { readonly indent?: number; readonly indentSeq?: boolean; readonly lineWidth?: number } = {},
): string | undefined {
  const document = parseDocument(text, {
    schema: 'failsafe',
    resolveKnownTags: false,
    logLevel: 'silent',
    uniqueKeys: false,
  });
  if (
    document.errors.length > 0 ||
    document.contents === null ||
    /^(?:---|\.\.\.|%)/m.test(text.slice(1)) ||
    endsInBlock(text)
  )
    return undefined;
  keepNulls(document);
  step(document);
  const printed = document.toString({ lineWidth: 0, ...options });
  return printed === text ? undefined : printed;
}

/** A value that nothing states is null, and would be printed as an empty text. */
function keepNulls(document: Document): void {
  visit(document, {
    Scalar: (key, scalar) => {
      const isNothing = scalar.type === 'PLAIN' && (scalar.source ?? '') === '';
      if (key === 'value' && isNothing && !scalar.anchor && !scalar.tag) scalar.value = '~';
    },
  });
}

/** Scalars of several lines, in which a line is not a line of YAML. */
export function hasLongScalars(text: string): boolean {
  let isLong = false;
  const document = parseDocument(text, { logLevel: 'silent', schema: 'failsafe' });
  visit(document, {
    Scalar: (_, { range, type }) => {
      if (type?.startsWith('BLOCK') || text.slice(range?.[0], range?.[1]).includes('\n')) isLong = true;
    },
    Collection: (_, node) => {
      if (node.flow && text.slice(node.range?.[0], node.range?.[1]).includes('\n')) isLong = true;
    },
  });
  return isLong || document.errors.length > 0 || /^(?:---|\.\.\.|%)/m.test(text);
}

/** What follows a block scalar at the end would become a part of it, or change how it ends. */
export function endsInBlock(text: string): boolean {
  const last = parseDocument(text, { logLevel: 'silent', schema: 'failsafe' });
  let isBlock = false;
  visit(last, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('BLOCK') && text.slice(range?.[1]).trim() === '') isBlock = true;
    },
  });
  return isBlock;
}
