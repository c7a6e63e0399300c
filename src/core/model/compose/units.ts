/**
 * Bytes of `512m`, `1.5 GiB` or `64`. All units are powers of 1024, whether or not they say so
 * (docker/go-units size.go RAMInBytes).
 */
export function bytesOf(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?|\.\d+) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, amount = '', unit = ''] = match;
  return Math.trunc(Number(amount) * 1024 ** ' kmgtp'.indexOf(unit.toLowerCase() || ' '));
}

/** Seconds of `1m30s`, `1.5h` or `1d`; a bare number is no duration (compose-go types/duration.go). */
export function secondsOf(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const amounts = text.replace(/^[-+]/, '');
  if (amounts === '0') return 0;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|[smhdw]))+$/.test(amounts)) return undefined;
  let nanoseconds = 0;
  for (const [, amount = '', unit = ''] of amounts.matchAll(/([\d.]+)([^\d.]+)/g)) {
    nanoseconds += Math.round(Number(amount) * (nanosecondsPer[unit] ?? 0));
  }
  return (sign * nanoseconds) / 1e9;
}

const nanosecondsPer: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
  w: 604_800e9,
};

/** Words that Compose takes for a boolean where the field is one (compose-go loader/interpolate.go toBoolean). */
export function booleanOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (['true', 'yes', 'y', 'on'].includes(word)) return true;
  return ['false', 'no', 'n', 'off'].includes(word) ? false : undefined;
}
