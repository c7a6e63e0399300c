import { folderOf, joinPath } from './paths.ts';

/** The names of override files, in the order in which Compose looks for them (compose-go cli/options.go). */
export const overrideNames: readonly string[] = ['compose.override', 'docker-compose.override'].flatMap(
  (stem) => [`${stem}.yml`, `${stem}.yaml`],
);

/** Compose looks for an override only beside a file with one of its own names. */
export function mayBeOverridden(name: string): boolean {
  return ownNames.includes(name);
}

/** The files of which a new file would be the override, in the order in which Compose looks for them. */
export function overriddenBy(path: string): readonly string[] {
  const folder = folderOf(path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return overrideNames.includes(name) ? ownNames.map((own) => joinPath(folder, own)) : [];
}

/** compose-go cli/options.go DefaultFileNames. */
const ownNames: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];
