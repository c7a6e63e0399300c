/**
 * A text in which equal ways to name a variable are spelled alike: `$V` as `${V}`, an empty default as none, no
 * message after `?`, and every dollar that is only a dollar as `$$`. Which values the variables have is not known
 * here, so two texts come out equal exactly when they are equal for every environment (compose-go template/template.go).
 */
export function canonicalText(text: string, depth = 0): string {
  if (!text.includes('$')) return text;
  return partsOf(text, depth)
    .map((part) => (part.variable ? part.text : part.text.replaceAll('$', '$$$$')))
    .join('');
}

/** Names in mappings are never interpolated: the dollar in `$K: v` is a dollar. */
export function literalText(text: string): string {
  return text.replaceAll('$', '$$$$');
}

export interface TextPart {
  /** Whether the part depends on a variable; then `text` is its canonical form. */
  readonly variable: boolean;
  readonly text: string;
}

/** Splits a text into what it says and what variables say. Dollars of the former are no longer doubled. */
export function partsOf(text: string, depth = 0): TextPart[] {
  const parts: TextPart[] = [];
  const braces = bracesIn(text);
  let literal = '';
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar !== -1; dollar = text.indexOf('$', at)) {
    literal += text.slice(at, dollar);
    const variable = variableAt(text, dollar, braces, depth);
    at = variable?.end ?? dollar + (text[dollar + 1] === '$' ? 2 : 1);
    if (variable === undefined) {
      literal += '$';
      continue;
    }
    if (literal !== '') parts.push({ variable: false, text: literal });
    literal = '';
    parts.push({ variable: true, text: variable.text });
  }
  literal += text.slice(at);
  if (literal !== '') parts.push({ variable: false, text: literal });
  return parts;
}

/** Whether a canonical text depends on variables. */
export function hasVariable(canonical: string): boolean {
  return canonical.includes('$') && canonical.replaceAll('$$', '').includes('$');
}

/** Splits a text at a character that is not part of a variable's expression: `${P:-80}:80` at its last colon. */
export function splitOutside(text: string, separator: string): string[] {
  if (!text.includes('${')) return text.split(separator);
  const braces = bracesIn(text);
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    at = braces.get(at) ?? at;
    if (text[at] !== separator) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

interface Variable {
  readonly text: string;
  readonly end: number;
}

type Braces = ReadonlyMap<number, number>;

/** Where each `${` ends. They nest, because a default may name a variable itself. One pass, however many are open. */
function bracesIn(text: string): Braces {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const { index, 0: sign } of text.matchAll(/\$\$|\$\{|\}/g)) {
    if (sign === '${') open.push(index);
    else if (sign === '}') {
      const start = open.pop();
      if (start !== undefined) ends.set(start, index);
    }
  }
  return ends;
}

function variableAt(text: string, dollar: number, braces: Braces, depth: number): Variable | undefined {
  if (text[dollar + 1] === '{') return bracedVariable(text, dollar, braces, depth);
  const name = /[A-Za-z_][A-Za-z0-9_]*/y;
  name.lastIndex = dollar + 1;
  return name.test(text)
    ? { text: `\${${text.slice(dollar + 1, name.lastIndex)}}`, end: name.lastIndex }
    : undefined;
}

/** Nobody nests defaults deeper; what lies below is compared as it is written. */
const deepest = 20;

function bracedVariable(text: string, dollar: number, braces: Braces, depth: number): Variable | undefined {
  const close = braces.get(dollar);
  if (close === undefined) return undefined;
  const end = close + 1;
  const inner = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])(.*))?$/s.exec(text.slice(dollar + 2, close));
  // Compose refuses what is no expression; kept as it is, it stays apart from everything that is one.
  if (inner === null || depth > deepest) return { text: text.slice(dollar, end), end };
  const [, name = '', operator = '', operand = ''] = inner;
  const rest = operator.endsWith('?') ? '' : canonicalText(operand, depth + 1);
  const isBare = operator.endsWith('-') && rest === '';
  return { text: isBare ? `\${${name}}` : `\${${name}${operator}${rest}}`, end };
}
