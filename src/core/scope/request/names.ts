import type { Path } from '../../model/address.ts';
import { type Entity, entityAt, type InfraDocument } from '../../model/document.ts';
import { canonicalWord, wordsOfImage, wordsOfName } from './products.ts';

/** What a few words of a request may mean. An exact name is meant even where others resemble it. */
export interface Matches {
  readonly paths: readonly Path[];
  readonly isExact: boolean;
}

/** Services that the words name: by their name, their container's name or their image. */
export function servicesNamed(words: readonly string[], document: InfraDocument): Matches {
  const services = [...(entityAt(document, ['services'])?.children.values() ?? [])];
  const names = (service: Entity) => [service.path.at(-1) ?? '', textOf(service, 'container_name')];
  for (const isSame of degreesOfSame(words)) {
    const exact = services.filter((service) => names(service).some(isSame));
    if (exact.length > 0) return { paths: exact.map(({ path }) => path), isExact: true };
  }
  const wanted = words.flatMap(wordsOfName);
  const partial = services.filter((service) => {
    const known = [...names(service).flatMap(wordsOfName), ...wordsOfImage(textOf(service, 'image'))];
    return wanted.length > 0 && wanted.every((word) => known.includes(word));
  });
  return { paths: partial.map(({ path }) => path), isExact: false };
}

/** Entities of a section that the words name. */
export function entitiesNamed(words: readonly string[], section: Path, document: InfraDocument): Matches {
  const entities = [...(entityAt(document, section)?.children.values() ?? [])];
  for (const isSame of degreesOfSame(words)) {
    const exact = entities.filter(({ path }) => isSame(path.at(-1) ?? ''));
    if (exact.length > 0) return { paths: exact.map(({ path }) => path), isExact: true };
  }
  const wanted = words.flatMap(wordsOfName);
  const partial = entities.filter(({ path }) => {
    const known = wordsOfName(path.at(-1) ?? '');
    return wanted.length > 0 && wanted.every((word) => known.includes(word));
  });
  return { paths: partial.map(({ path }) => path), isExact: false };
}

/** What a leaf field of a service says; empty where it does not say anything. */
export function textOf(service: Entity, field: string): string {
  const value = service.children.get(field)?.value;
  return typeof value === 'string' ? value : '';
}

/** From the very name, over its case and the sign between its words, to another word for the same software. */
function degreesOfSame(words: readonly string[]): readonly ((name: string) => boolean)[] {
  const joined = [words.join('-'), words.join('_'), words.join(' '), words.join('')];
  const lower = joined.map((name) => name.toLowerCase());
  const alias = words.length === 1 ? canonicalWord(lower[0] ?? '') : undefined;
  return [
    (name) => name !== '' && joined.includes(name),
    (name) => name !== '' && lower.includes(name.toLowerCase()),
    (name) => name !== '' && canonicalWord(name.toLowerCase()) === alias,
  ];
}
