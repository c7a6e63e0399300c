import { chmod, mkdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Baselines, Quarantine, Receipts, Scopes, Sessions } from '../ports.ts';
import { openAudit, type VerifiableAudit } from './audit.ts';
import { openBaselines } from './baselines.ts';
import { attempt } from './errors.ts';
import { stateDirectory } from './location.ts';
import { openObjects } from './objects.ts';
import { openQuarantine } from './quarantine.ts';
import { openReceipts } from './receipts.ts';
import { openScopes } from './scopes.ts';
import { openSessions } from './sessions.ts';
import type { OnDamage } from './wholeFile.ts';

export interface Store {
  readonly directory: string;
  readonly baselines: Baselines;
  readonly quarantine: Quarantine;
  readonly audit: VerifiableAudit;
  readonly scopes: Scopes;
  readonly sessions: Sessions;
  readonly receipts: Receipts;
}

export interface StoreOptions {
  /** Stands in for the user's state directory. */
  readonly stateHome?: string;
  /** Told in words about each stored file that could not be used and was set aside. */
  readonly onDamage?: OnDamage;
}

/** Opens the state of a workspace, and makes its directories. Several processes may have it open at once. */
export function openStore(workspace: string, options: StoreOptions = {}): Promise<Store> {
  const { stateHome, onDamage = () => undefined } = options;
  return attempt(`open its state of ${workspace}`, async () => {
    const directory = stateDirectory({
      env: stateHome === undefined ? process.env : { INFRAHOLD_STATE_HOME: stateHome },
      platform: process.platform,
      home: homedir(),
      workspace: await realpath(workspace),
    });
    const at = (name: string) => join(directory, name);
    // Directories are made here and nowhere else: if one vanishes later, that is an error and not an empty state.
    for (const name of folders) await makePrivate(at(name));
    await chmod(directory, 0o700);
    const objects = openObjects(at('objects'), onDamage);
    return {
      directory,
      baselines: openBaselines(at('baselines'), objects, onDamage),
      quarantine: openQuarantine(at('quarantine'), objects, onDamage),
      audit: openAudit(directory, onDamage),
      scopes: openScopes(directory, onDamage),
      sessions: openSessions(at('sessions'), onDamage),
      receipts: openReceipts(at('receipts'), onDamage),
    };
  });
}

const folders = ['objects', 'baselines', 'quarantine', 'sessions', 'receipts', 'answers', 'guards'] as const;

/** The mode of `mkdir` is cut by the umask and passed over for a directory that is there, hence `chmod`. */
async function makePrivate(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
}
