import type { GlobPattern, Uri, WorkspaceFolder } from 'vscode';
import { RelativePattern, workspace } from 'vscode';
import { kindOf } from '../core/model/kinds.ts';

/** Wider than what is protected and cheap to match: `kindOf` has the last word. */
const candidates =
  '**/{*compose*.yml,*compose*.yaml,*ockerfile*,*ontainerfile*,.env*,*.env,*.tf,*.tfvars,Caddyfile*,nginx*.conf,.infrahold.yml,.gitlab-ci.yml,*.workflow.yml}';
const elsewhere = '**/{node_modules,.git}/**';

/** The search runs in the editor's own search process and costs the extension host nothing. */
export async function hasProtectedFile(folder: WorkspaceFolder): Promise<boolean> {
  const found = await workspace.findFiles(protectedGlob(folder), elsewhere, 50);
  return found.some((uri) => isProtected(folder, uri));
}

export function isProtected(folder: WorkspaceFolder, uri: Uri): boolean {
  if (workspace.getWorkspaceFolder(uri)?.index !== folder.index) return false;
  const path = workspace.asRelativePath(uri, false);
  return path === '.infrahold.yml' || kindOf(path) !== undefined;
}

export function protectedGlob(folder: WorkspaceFolder): GlobPattern {
  return new RelativePattern(folder, candidates);
}
