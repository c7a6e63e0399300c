import { isSecret } from './secretNames.ts';

/** Stands for anything that must not be read. It is the same for every value, so that not even a length shows. */
export const mask = '•••';

/** The value of an entity in one line, fit to be shown: secrets masked, everything else as it is. */
export function redactValue(path: readonly string[], label: string): string {
  return hideValue(path, label, []);
}

/**
 * Both values of a change. Where nothing that may be shown tells them apart, or something hidden changed beside what
 * is shown, the second says so: a secret that changed is still a change.
 */
export function redactPair(path: readonly string[], from: string, to: string): [string, string] {
  const before: string[] = [];
  const after: string[] = [];
  const shownFrom = hideValue(path, from, before);
  const shownTo = hideValue(path, to, after);
  const isHidden = before.length + after.length > 0;
  const isSame = before.length === after.length && before.every((part, index) => part === after[index]);
  if (from === to || !isHidden || isSame) return [shownFrom, shownTo];
  return [shownFrom, shownTo === shownFrom ? `${shownTo} (changed)` : `${shownTo} (and ${mask} changed)`];
}

/** Any text that is shown, stored or logged, with the secrets in it masked. Takes time in proportion to its length. */
export function redactText(text: string): string {
  return hideText(text, []);
}

/** Collects what was masked, only to tell whether it changed. */
type Hidden = string[];

function hideValue(path: readonly string[], label: string, hidden: Hidden): string {
  const name = path.at(-1) ?? '';
  if (label.startsWith(`${name}=`) && name !== '') {
    return `${name}=${hideValue(path, label.slice(name.length + 1), hidden)}`;
  }
  const isName = namesOnly.has(path.at(-2) ?? '') || (path[0] === 'secrets' && path.length < 3);
  return !isName && isSecret(name, label) ? hideLiterals(label, hidden) : hideText(label, hidden);
}

/** What stands below these is the name of something, however much it sounds like a secret. */
const namesOnly = new Set(
  `services volumes networks configs secrets models depends_on links external_links volumes_from ports expose
  profiles extra_hosts cap_add cap_drop devices ulimits tmpfs`.split(/\s+/),
);

function hideText(text: string, hidden: Hidden): string {
  let shown = hideUrls(hideDefaults(hideKeyBlocks(text, hidden), hidden), hidden);
  for (const shape of shapes) if (shape.isIn?.test(text) ?? true) shown = hideShape(shown, shape, hidden);
  return shown.replace(knownTokens, (token) => hideLiterals(token, hidden));
}

/** A secret that is known by what stands before it. */
interface Shape {
  readonly lead: RegExp;
  readonly value: RegExp;
  /** The lead holds a name, and the value is hidden where the name is one of a secret. */
  readonly isNamed?: true;
  /** What the text has to hold for the lead to mean anything. */
  readonly isIn?: RegExp;
}

/** After a lead that meant nothing the search goes on right behind it: its value may be a lead itself. */
function hideShape(text: string, { lead, value, isNamed }: Shape, hidden: Hidden): string {
  let shown = '';
  let done = 0;
  lead.lastIndex = 0;
  for (let found = lead.exec(text); found; found = lead.exec(text)) {
    value.lastIndex = lead.lastIndex;
    const secret = value.exec(text)?.[0];
    const name = /[A-Za-z_][\w.-]*/.exec(found[0])?.[0] ?? '';
    if (secret === undefined || (isNamed && !isSecret(name, secret.replace(/^["']|["']$/g, '')))) continue;
    shown += text.slice(done, value.lastIndex - secret.length) + hideQuoted(secret, hidden);
    done = value.lastIndex;
    lead.lastIndex = done;
  }
  return shown + text.slice(done);
}

function hideQuoted(value: string, hidden: Hidden): string {
  const [, quote = '', inner = value] = /^(["'])([\s\S]*)\1$/.exec(value) ?? [];
  return quote + hideLiterals(inner, hidden) + quote;
}

// No quantifier below is nested in another, and those that lead to a value are bounded, so that no text is slow.
const anyValue =
  /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?!["']?-)(?:\$\{[^{}\n]*\}|[^\s"'`,;&|)\]}<>]|[,;&](?!\s{0,3}[\w.-]{1,60}\s?=)(?=[^\s"'`,;&|)\]}<>]))+/y;
const summed = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?:(?!, [\w.-]{1,100}: |, …)[^\n])+/y;
const oneWord = /[^\s"',\]-][^\s"',\]]*/y;

const shapes: readonly Shape[] = [
  // `Authorization: Bearer …`, also as a header in a command.
  {
    lead: /authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:bearer|basic|token|digest)\s{1,3})?/gi,
    value: /[^\s"',;]+/y,
  },
  { lead: /(?<!\w)bearer\s{1,3}/gi, value: /[\w.~+/=-]{16,}/y },
  // `Password=…;`, `?password=…&`, `"password": "…"`, `--password=…`.
  {
    lead: /(?<![\w.]|\$\{|\$)-{0,2}[A-Za-z_][\w.-]{0,100}(?:\s?=\s?|["']\s?[:=]\s{0,3})/g,
    value: anyValue,
    isNamed: true,
  },
  // `PASSWORD: …, USER: …`, as the parts of a service are summed up; nothing in it is quoted.
  { lead: /(?<![\w.]|\$\{|\$)[A-Za-z_][\w.-]{0,100}\s?:\s{1,3}/g, value: summed, isNamed: true },
  // `--password …`, in the words of a shell or in a list of strings.
  {
    lead: /(?<![\w-])--?[A-Za-z][\w-]{1,60}(?:["']\s{0,2},\s{0,2}(?=["'])|\s{1,3})/g,
    value: anyValue,
    isNamed: true,
  },
  { lead: /(?<![\w-])-p/g, value: oneWord, isIn: /mysql|mariadb|sshpass|mongo/ },
  { lead: /(?<![\w-])-a(?:["']\s{0,2},\s{0,2}["']|\s{1,3})/g, value: oneWord, isIn: /redis-cli/ },
  {
    lead: /(?<![\w-])(?:-u|--user)(?:["']\s{0,2},\s{0,2}["']|\s{1,3}|=)["']?[^\s"':,]{1,200}:/g,
    value: oneWord,
    isIn: /curl|wget|http/,
  },
  // `admin:$apr1$…`, the way of basic auth in labels and htpasswd files.
  {
    lead: /(?<![\w.@-])[\w.@-]{1,100}:(?=\$\$?(?:apr1|2[abxy]|[156]|argon2\w{1,3})\$|\{SHA\})/g,
    value: /[^\s,"']+/y,
  },
  // `user:password@tcp(host:3306)/db`, the way of Go's MySQL driver.
  { lead: /(?<![\w.:/-])[\w.-]{1,100}:(?=[^\s@"'(]{1,300}@(?:tcp|unix)\()/g, value: /[^\s@"'(]+/y },
  { lead: /hooks\.slack\.com\/services\/|discord(?:app)?\.com\/api\/webhooks\//g, value: /[\w/-]{8,}/y },
];

/** Tokens that say by their first letters what they are. */
const knownTokens = new RegExp(
  [
    '(?<![A-Za-z0-9_-])(?:gh[opsur]_\\w{16,}|github_pat_\\w{16,}|gl(?:pat|ptt|dt)-[\\w-]{16,}|xox[abeoprs]-[\\w-]{8,}',
    'xapp-[\\w-]{8,}|(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])|AIza[\\w-]{30,}|sk-[\\w-]{16,}|[rs]k_(?:live|test)_\\w{10,}',
    'whsec_[\\w+/=]{16,}|npm_\\w{30,}|hf_[A-Za-z]{20,}|dckr_pat_[\\w-]{16,}|hv[sb]\\.[\\w-]{20,}|pypi-[\\w-]{30,}',
    'SG\\.[\\w-]{16,80}\\.[\\w-]{16,}|shp(?:at|ss|pa)_[a-fA-F0-9]{20,}|AGE-SECRET-KEY-1\\w{20,}',
    'eyJ[\\w-]{8,}\\.[\\w-]{4,}(?:\\.[\\w-]*)?)',
  ].join('|'),
  'g',
);

/** A private key is masked between its first and last line; a certificate is public. */
function hideKeyBlocks(text: string, hidden: Hidden): string {
  const block =
    /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----([\s\S]*?)(-----END [A-Z0-9 ]{0,60}-----|$)/g;
  return text.replace(block, (_, kind: string, body: string, end: string) => {
    hidden.push(body);
    return `-----BEGIN ${kind}-----${mask}${end}`;
  });
}

/** `${DB_PASSWORD:-hunter2}`: the reference may be read, the secret it falls back on may not. */
function hideDefaults(text: string, hidden: Hidden): string {
  const source: Source = { text, closes: matchBraces(text), hidden };
  let shown = '';
  let done = 0;
  for (const [open, close] of [...source.closes].sort(([one], [other]) => one - other)) {
    const name = /\w*/y;
    name.lastIndex = open + 2;
    if (open < done || !isSecret(name.exec(text)?.[0] ?? '', 'a secret')) continue;
    shown += text.slice(done, open) + referenceHidden(source, open, close, 0);
    done = close + 1;
  }
  return shown + text.slice(done);
}

/** Everything but references to variables is masked; `$$NAME` alone is one too, read by a shell in the container. */
function hideLiterals(value: string, hidden: Hidden): string {
  if (/^\$\$(?:[A-Za-z_]\w*|\{\w+\})$/.test(value)) return value;
  // What looks like a variable in the hash of a password is a part of it.
  if (hashed.test(value)) {
    hidden.push(value);
    return mask;
  }
  return literalsHidden({ text: value, closes: matchBraces(value), hidden }, 0, value.length, 0);
}

const hashed = /^\$\$?(?:\d|apr1\$|argon|scrypt)|^\{SHA/;

interface Source {
  readonly text: string;
  readonly closes: ReadonlyMap<number, number>;
  readonly hidden: Hidden;
}

function literalsHidden(source: Source, from: number, to: number, depth: number): string {
  const { text, closes, hidden } = source;
  let shown = '';
  let literal = from;
  const reference = /\$(?:\$|\{|[A-Z_][A-Z0-9_]*(?![a-z]))/g;
  reference.lastIndex = from;
  const hideUpTo = (end: number) => {
    const part = text.slice(literal, end);
    if (part !== '' && part !== mask) hidden.push(part);
    if (part !== '') shown += mask;
  };
  for (let found = reference.exec(text); found && found.index < to; found = reference.exec(text)) {
    const close = closes.get(found.index);
    const end = found[0] === '${' ? close : found[0] === '$$' ? undefined : found.index + found[0].length - 1;
    if (end === undefined || end >= to) continue;
    hideUpTo(found.index);
    shown += close === undefined ? found[0] : referenceHidden(source, found.index, close, depth);
    literal = end + 1;
    reference.lastIndex = literal;
  }
  hideUpTo(to);
  return shown;
}

function referenceHidden(source: Source, open: number, close: number, depth: number): string {
  const start = /\$\{\w*(?::?[-+])?/y;
  start.lastIndex = open;
  const head = start.exec(source.text)?.[0] ?? '${';
  if (!/[-+]$/.test(head)) return source.text.slice(open, close + 1);
  if (depth > 20) return `${head}${mask}}`;
  return `${head}${literalsHidden(source, open + head.length, close, depth + 1)}}`;
}

/** Where each `${` is closed, found in one pass; one that is left open is no reference. */
function matchBraces(text: string): Map<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  for (const { index, 0: brace } of text.matchAll(/\$\$|\$\{|\}/g)) {
    if (brace === '${') open.push(index);
    const start = brace === '}' ? open.pop() : undefined;
    if (start !== undefined) closes.set(start, index);
  }
  return closes;
}

/** `scheme://user:password@host`: only the password is masked, so that a host that moved can be seen. */
function hideUrls(text: string, hidden: Hidden): string {
  if (!text.includes('://')) return text;
  const closes = matchBraces(text);
  const starts = [...text.matchAll(/:\/\//g)].map(({ index }) => index);
  let shown = '';
  let done = 0;
  for (const [index, at] of starts.entries()) {
    const password = passwordIn(text, at + 3, starts[index + 1] ?? text.length, closes);
    if (!password || password.start < done) continue;
    const inner = text.slice(password.start, password.end);
    shown += text.slice(done, password.start) + hideLiterals(inner, hidden);
    done = password.end;
  }
  return shown + text.slice(done);
}

/** A slash ends the part with the host, unless an `@` follows and what stands before it cannot be a port. */
function passwordIn(
  text: string,
  from: number,
  to: number,
  closes: Source['closes'],
): { start: number; end: number } | undefined {
  let colon = -1;
  let slash = -1;
  let hostAt = -1;
  let lastAt = -1;
  let cut = -1;
  for (let at = from; at < to; at++) {
    const char = text[at] ?? '';
    const close = closes.get(at);
    if (close !== undefined && close < to) at = close;
    else if (/[\s"'`<>]/.test(char)) break;
    else if (char === '…') cut = at;
    else if (char === ':' && colon === -1 && slash === -1) colon = at;
    else if (slash === -1 && /[/?#]/.test(char)) slash = at;
    else if (char === '@') {
      lastAt = at;
      if (slash === -1) hostAt = at;
    }
  }
  if (colon === -1) return undefined;
  if (hostAt > colon) return { start: colon + 1, end: hostAt };
  const isPort = /^\d{1,5}$/.test(text.slice(colon + 1, slash === -1 ? Math.max(cut, colon + 1) : slash));
  // A text that was cut short may have lost the `@` that tells a password from a port.
  if (cut > colon && lastAt === -1 && slash === -1 && !isPort) return { start: colon + 1, end: cut };
  return hostAt === -1 && lastAt > colon && !isPort ? { start: colon + 1, end: lastAt } : undefined;
}
