import { decodeText } from '../content.ts';
import { readDocument } from '../core/model/read.ts';
import type { Grant } from '../core/scope/grant.ts';
import { namesSomethingIn } from '../core/scope/namesIn.ts';
import type { FolderSession } from './folderSession.ts';

/**
 * The files that the scope in force names. What it has named once it names until it is another: the task itself may
 * take away what it is about.
 */
export class NamedFiles {
  private readonly known = new WeakMap<FolderSession, Known>();

  async has(folder: FolderSession, path: string): Promise<boolean> {
    const { scope, heard } = folder;
    // A prompt is understood for a file; only a declared scope has to be looked for in files.
    if (scope === undefined)
      return heard.some(({ files }) => files.some((file) => file.path === path && file.grants.length > 0));
    const { answers } = this.knownOf(folder, JSON.stringify([scope.grants, scope.declaredAt]));
    const answer = answers.get(path) ?? (await names(scope.grants, folder, path));
    answers.set(path, answer);
    return answer;
  }

  private knownOf(folder: FolderSession, scope: string): Known {
    const known = this.known.get(folder);
    if (known?.scope === scope) return known;
    const fresh: Known = { scope, answers: new Map() };
    this.known.set(folder, fresh);
    return fresh;
  }
}

interface Known {
  readonly scope: string;
  readonly answers: Map<string, boolean>;
}

async function names(grants: readonly Grant[], folder: FolderSession, path: string): Promise<boolean> {
  const kind = folder.ports.policy.kindOf(path);
  const content = await folder.guard.baseline(path);
  const decoded = content === undefined ? undefined : decodeText(content);
  if (kind === undefined || decoded === undefined || !('text' in decoded)) return false;
  const document = readDocument(kind, decoded.text);
  return grants.some((grant) => namesSomethingIn(grant, document));
}
