/** Fields of a payload, under any of the spellings that versions of a host have used. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of the names that holds a text. */
export function textIn(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** The list under a name; `undefined` where it is no list or holds something that is no object. */
export function fieldsIn(fields: Fields, name: string): readonly Fields[] | undefined {
  const value = fields[name];
  return Array.isArray(value) && value.every(isFields) ? value : undefined;
}
