import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { type PlacedProblem, Unreadable } from './node.ts';

export interface ParsedStream {
  readonly documents: readonly Document.Parsed[];
  readonly problems: readonly PlacedProblem[];
}

/**
 * Parses a YAML stream. The failsafe schema leaves every scalar a string and keeps a `%YAML` directive from changing
 * the rules; what scalars mean is for `plainScalar` to say.
 */
export function parseStream(text: string): ParsedStream {
  const odd = oddCharacterIn(text);
  if (odd !== null) throw new Unreadable('yaml-syntax', oddMessage(odd[0]), odd.index);
  // Our parser takes the blanks for none.
  if (/^\uFEFF[ \t]/.test(text)) throw new Unreadable('yaml-syntax', indentedMark, 0);
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

/**
 * To our parser a comment goes on behind these ends of a line, and to Compose the next line begins: what stands there
 * would be read by Compose alone (go-yaml yamlprivateh.go is_break). It refuses all other control characters (readerc.go).
 */
function oddCharacterIn(text: string): RegExpExecArray | null {
  return /\r(?!\n)|[^\P{Cc}\n\r\t]|[\u2028\u2029\uFFFE\uFFFF]/u.exec(text);
}

function oddMessage(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /[\r\x85\u2028\u2029]/.test(character)
    ? `the character U+${code} ends a line for some programs and not for others; end lines with a plain line feed`
    : `the control character U+${code} may not stand in a YAML file; take it out`;
}

/** A text that is no YAML at all can have hundreds of thousands of errors. */
const mostTold = 100;

/** No real file nests half as deep, and everything after this may recurse. */
const deepest = 200;

/** Far beyond what real files have, and for punctuation alone a hundred times its bytes in memory. */
const mostLexemes = 500_000;

/**
 * The parser keeps a stack of its own, so that its depth can be watched before anything recurses, and its lexemes be
 * counted before there is no memory left for what is made of them.
 */
function* tokensOf(text: string): Generator<CST.Token> {
  const parser = new Parser();
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (!/^[\s#]/.test(lexeme) && ++lexemes > mostLexemes)
      throw new Unreadable('too-complex', tooLong, parser.offset);
    // The parser takes it for nothing before each document, and Compose only at the very start of the text.
    if (lexeme === byteOrderMark && parser.offset > 0)
      throw new Unreadable('yaml-syntax', strayMark, parser.offset);
    yield* parser.next(lexeme);
    if (parser.stack.length > deepest) {
      const message = `the file nests more than ${deepest} levels deep; flatten it so that it can be judged`;
      throw new Unreadable('too-complex', message, parser.offset);
    }
  }
  yield* parser.end();
}

const tooLong = `the file has more than ${mostLexemes} words and punctuation marks; make it smaller, so that it can be judged`;
const byteOrderMark = '\uFEFF';
const indentedMark =
  'the first line is indented behind a byte order mark; begin it at the left edge, or take the mark out';
const strayMark =
  'a byte order mark stands within the text, where it is a part of the next name; take it out';

function syntaxMessage(message: string): string {
  return `this is not valid YAML: ${message.replace(/\.?$/, '')}; correct it, or nothing can be said of the file`;
}
