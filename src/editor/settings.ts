import { workspace } from 'vscode';
import { section, settings } from './ids.ts';

/** How long a scope lasts unless a person says otherwise, in minutes. */
export function scopeDuration(): number {
  const minutes = read<number>(settings.scopeDuration, 60);
  return Number.isFinite(minutes) ? Math.min(Math.max(Math.round(minutes), 1), 480) : 60;
}

export function showsExplorerBadge(): boolean {
  return read(settings.explorerBadge, true);
}

export function showsActionsInEditor(): boolean {
  return read(settings.actionsInEditor, true);
}

function read<T>(name: string, otherwise: T): T {
  return workspace.getConfiguration(section).get<T>(name, otherwise);
}
