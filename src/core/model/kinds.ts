import type { DocumentKind } from './document.ts';
import { isSettingsPath } from './settings/paths.ts';

/** Infrahold's own file. It is compared as plain text: any edit of it counts, not only what YAML sees in it. */
export const policyFile = '.infrahold.yml';

/**
 * What a file is by its name alone; `undefined` for a file that nobody asked to protect. It is asked for every path
 * that passes by, so it looks at the name, loads nothing, and asks a pattern, which a new process has to compile, only
 * about a name that may fit.
 */
export function kindOf(path: string): DocumentKind | undefined {
  const lower = path.toLowerCase().replaceAll('\\', '/');
  const names = lower.split('/');
  const name = names.pop() ?? '';
  if (names.some((folder) => foreignFolders.has(folder))) return undefined;
  if (name === policyFile) return 'text';
  if ((name.endsWith('.yml') || name.endsWith('.yaml')) && composeName.test(name)) return 'compose';
  return isSettingsPath(lower) ? 'settings' : undefined;
}

/** Settings of agents are guarded beside what they guard; by themselves they are no reason to guard a folder. */
export function asksForGuard(kind: DocumentKind | undefined): boolean {
  return kind !== undefined && kind !== 'settings';
}

/** What lies here belongs to other people's packages and to git. */
const foreignFolders: ReadonlySet<string> = new Set(['node_modules', '.git']);

/**
 * `compose.yml` and `docker-compose.yaml` as Compose looks for them (compose-go cli/options.go DefaultFileNames), and
 * the names people give to variants: `compose.prod.yml`, `docker-compose-dev.yml`, `docker-compose_secrets.yml`,
 * `prod.compose.yml`, `fleet-compose.yml`. A stack file of Swarm is written in the same language.
 */
const composeName = /^(?:[^/]*[._-])?(?:compose|docker-stack)(?:[._-][^/]*)?\.ya?ml$/;
