/** Fields of a payload, under any of the spellings that hosts and their versions have used. */
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

/** Every different text under the names. More than one means that nobody can tell which of them a host would use. */
export function textsIn(fields: Fields, names: readonly string[]): readonly string[] {
  const texts = names.flatMap((name) => {
    const value = fields[name];
    return typeof value === 'string' ? [value] : [];
  });
  return [...new Set(texts)];
}

export function partIn(fields: Fields, ...names: readonly string[]): Fields | undefined {
  for (const name of names) {
    const value = fields[name];
    if (isFields(value)) return value;
  }
  return undefined;
}

/** The list under a name; `undefined` where it is no list or holds something that is no object. */
export function fieldsIn(fields: Fields, name: string): readonly Fields[] | undefined {
  const value = read(fields[name]);
  return Array.isArray(value) && value.every(isFields) ? value : undefined;
}

/** The list of texts under the first of the names that holds one. */
export function textListIn(fields: Fields, ...names: readonly string[]): readonly string[] | undefined {
  for (const name of names) {
    const value = read(fields[name]);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  }
  return undefined;
}

/** Some versions send a part as a text that holds JSON. What is no JSON stays the text it is. */
export function read(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
