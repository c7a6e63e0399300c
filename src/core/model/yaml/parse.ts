import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import type { PlacedProblem } from './node.ts';
import { Unreadable } from './node.ts';

export interface ParsedStream {
  readonly documents: readonly Document.Parsed[];
  readonly problems: readonly PlacedProblem[];
}

/**
 * Parses a YAML stream. The failsafe schema leaves every scalar a string and keeps a `%YAML` directive from changing
 * the rules; what scalars mean is for `plainScalar` to say.
 */
export function parseStream(text: string): ParsedStream {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    // Both are done while the nodes are walked, in linear time.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents = [...composer.compose(tokensOf(text), true, text.length)];
  // One mistake often has several messages for one place, and the first is the one that tells.
  const found = new Map<number, PlacedProblem>();
  for (const { message, pos } of documents.flatMap(({ errors }) => errors)) {
    const [offset] = pos;
    if (!found.has(offset))
      found.set(offset, { code: 'yaml-syntax', message: syntaxMessage(message), offset });
  }
  return { documents, problems: [...found.values()].slice(0, mostTold) };
}

/** A text that is no YAML at all can have hundreds of thousands of errors. */
const mostTold = 100;

/** No real file nests half as deep, and everything after this may recurse. */
const deepest = 200;

/** The parser keeps a stack of its own, so that its depth can be watched before anything recurses. */
function* tokensOf(text: string): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > deepest) {
      const message = `the file nests more than ${deepest} levels deep; flatten it so that it can be judged`;
      throw new Unreadable('too-complex', message, parser.offset);
    }
  }
  yield* parser.end();
}

function syntaxMessage(message: string): string {
  return `this is not valid YAML: ${message.replace(/\.?$/, '')}; correct it, or nothing can be said of the file`;
}
