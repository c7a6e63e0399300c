import type { ExtensionContext, Uri } from 'vscode';
import { ConfigurationTarget, workspace } from 'vscode';

/**
 * Keeps the globs of locked files in `files.readonlyInclude` of the user, and takes out exactly those again. No target
 * but the user's leaves the folder untouched, and an extension has no other way to an editor that is read-only. Each
 * glob is written down before it is set, with the process that did: what a crash leaves behind goes at the next start.
 */
export class ReadonlySetting {
  private readonly state: ExtensionContext['globalState'];
  private turn: Promise<void> = Promise.resolve();

  constructor({ globalState }: ExtensionContext) {
    this.state = globalState;
  }

  /** Locks exactly these of this window's files, and forgets what ended windows have left. */
  set(uris: readonly Uri[]): Promise<void> {
    const next = this.turn.then(() => this.write(uris.map(globFor)));
    this.turn = next.catch(() => undefined);
    return next;
  }

  private async write(wanted: readonly string[]): Promise<void> {
    const own = `${prefix}${process.pid}`;
    const ended = this.state.keys().filter((key) => key.startsWith(prefix) && (key === own || !isAlive(key)));
    const written = new Set(ended.flatMap((key) => this.state.get<readonly string[]>(key) ?? []));
    await this.state.update(own, wanted.length === 0 ? undefined : wanted);
    const configuration = workspace.getConfiguration();
    const before = configuration.inspect<Readonly<Record<string, boolean>>>(setting)?.globalValue ?? {};
    const kept = Object.entries(before).filter(([glob]) => !written.has(glob));
    const after = Object.fromEntries([...kept, ...wanted.map((glob) => [glob, true] as const)]);
    const isSame = Object.keys({ ...before, ...after }).every((glob) => before[glob] === after[glob]);
    if (!isSame) {
      const value = Object.keys(after).length === 0 ? undefined : after;
      await configuration.update(setting, value, ConfigurationTarget.Global);
    }
    for (const key of ended) if (key !== own) await this.state.update(key, undefined);
  }
}

const setting = 'files.readonlyInclude';
const prefix = 'lock ';

/** What a glob would take for a sign stands for itself only where any one character may stand. */
function globFor({ fsPath }: Uri): string {
  return fsPath.replace(/[*?[\]{}!]/g, '?');
}

function isAlive(key: string): boolean {
  try {
    process.kill(Number(key.slice(prefix.length)), 0);
    return true;
  } catch {
    return false;
  }
}
