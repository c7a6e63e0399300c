/** One edit, and what has to be found in it: `ADDRESS: CODE`, with `(data loss)` behind where data is out of reach. */
export interface Row {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** What `.env` says on each side. */
  readonly env?: readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>];
  readonly expected: readonly string[];
}

/** A service with these fields below it. */
export function web(...fields: readonly string[]): string {
  return ['services:', '  web:', '    image: nginx', ...fields.map((field) => `    ${field}`), ''].join('\n');
}

/** A change within the service of `web`. */
export function within(name: string, before: string, after: string, ...found: readonly string[]): Row {
  const expected = found.map((one) => `services.web.${one}`);
  return {
    name,
    before: web(...(before === '' ? [] : [before])),
    after: web(...(after === '' ? [] : [after])),
    expected,
  };
}
