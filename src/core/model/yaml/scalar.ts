/** What a scalar means: its value, and the text that stands for it where Compose wants a text. */
export interface ScalarMeaning {
  readonly value: null | boolean | number | string;
  readonly text: string;
}

/**
 * The meaning of a scalar without quotes. Compose decodes YAML with go.yaml.in/yaml/v4, which follows neither 1.1 nor
 * 1.2: `yes` is a string, `022` is octal, `1_000` is a thousand and a date is a date (resolve.go).
 */
export function plainScalar(source: string): ScalarMeaning {
  const word = words.get(source);
  if (word !== undefined) return word;
  // Nothing else that starts otherwise is anything but a string.
  if (!/^[-+.0-9]/.test(source)) return textScalar(source);
  return timestamp(source) ?? number(source) ?? textScalar(source);
}

export function textScalar(text: string): ScalarMeaning {
  return { value: text, text };
}

/**
 * The meaning of a scalar under one of YAML's own tags, `!!str 12` or `!!int "3"`. `undefined` for what Compose cannot
 * decode (resolve.go: cannot decode !!str as a !!int), or decodes into something that is not what is written.
 */
export function taggedScalar(tag: string, source: string): ScalarMeaning | undefined {
  const [, type] = /^tag:yaml\.org,2002:(int|float|bool|null|binary|timestamp)$/.exec(tag) ?? [];
  if (type === undefined) return textScalar(source);
  const meaning = plainScalar(source);
  return isOfType(type, meaning, source) ? meaning : undefined;
}

function isOfType(type: string, { value, text }: ScalarMeaning, source: string): boolean {
  const digits = source.replaceAll('_', '');
  const isInteger = integerPattern.test(digits);
  if (type === 'int') return isInteger;
  const isNoNumber = words.has(source) && /Inf|NaN/.test(text);
  if (type === 'float') return isInteger || floatPattern.test(digits) || isNoNumber;
  return type === 'bool' ? typeof value === 'boolean' : type === 'null' && value === null;
}

/**
 * A float as Go prints it: `1.10` is `1.1`, `1000000.0` is `1e+06`. The exponent form begins at seven digits before
 * the point and at four zeros behind it (strconv.FormatFloat with 'g' and the shortest digits).
 */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const [digits = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const words: ReadonlyMap<string, ScalarMeaning> = new Map<string, ScalarMeaning>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { value: null, text: '' }] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { value: true, text: 'true' }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { value: false, text: 'false' }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, textScalar('NaN')] as const),
  ...['', '+', '-'].flatMap((sign) =>
    ['.inf', '.Inf', '.INF'].map(
      (word) => [`${sign}${word}`, textScalar(sign === '-' ? '-Inf' : '+Inf')] as const,
    ),
  ),
]);

function number(source: string): ScalarMeaning | undefined {
  const digits = source.replaceAll('_', '');
  if (digits === '-0') return { value: 0, text: '-0' };
  const integer = integerPattern.exec(digits);
  if (integer !== null) {
    const [, sign = '', amount = ''] = integer;
    // A leading zero is octal without an `o` too (strconv.ParseInt with base 0).
    const exact = BigInt(/^0[0-7]+$/.test(amount) ? `0o${amount}` : amount.toLowerCase());
    return exactInteger(sign === '-' ? -exact : exact);
  }
  if (!floatPattern.test(digits)) return undefined;
  const value = Number(digits);
  // Go refuses to parse what is out of range, and then the scalar stays a string.
  return Number.isFinite(value) ? { value, text: floatText(value) } : undefined;
}

const integerPattern = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/;
const floatPattern = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** What does not fit into 64 bits becomes a float, as in Go. A value beyond 2^53 is kept as its digits. */
function exactInteger(exact: bigint): ScalarMeaning {
  const text = String(exact);
  if (exact >= -(2n ** 63n) && exact < 2n ** 64n) {
    const value = Number(exact);
    return { value: Number.isSafeInteger(value) ? value : text, text };
  }
  return { value: Number(exact), text: floatText(Number(exact)) };
}

/** `2024-01-01` and the longer forms, printed as Go prints a time. */
function timestamp(source: string): ScalarMeaning | undefined {
  // To make the pattern takes long, and hardly anything is a time.
  const match = source[4] === '-' ? timestampIn(source) : null;
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction, zone] = match;
  const inRange =
    Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysIn(year, month);
  if (!inRange || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const two = (part: string) => part.padStart(2, '0');
  const rest = (fraction ?? '').replace(/\.?0*$/, '');
  const offset = zone === undefined || zone === 'Z' ? '+0000' : zone.replace(':', '');
  const name = offset === '+0000' ? 'UTC' : offset;
  return textScalar(
    `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${rest} ${offset} ${name}`,
  );
}

function timestampIn(source: string): RegExpExecArray | null {
  return /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](?=.*(?:Z|[-+]\d\d:\d\d)$)| )(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d)?)?$/.exec(
    source,
  );
}

function daysIn(year: string, month: string): number {
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  if (Number(month) === 2) return leap ? 29 : 28;
  return [4, 6, 9, 11].includes(Number(month)) ? 30 : 31;
}
