import { chmodSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Baselines, Quarantine, Receipts, Scopes, Sessions, Turns } from '../ports.ts';
import { type Answers, openAnswers } from './answers.ts';
import { openAudit, type VerifiableAudit } from './audit.ts';
import { beginAudit } from './auditHead.ts';
import { openBaselines } from './baselines.ts';
import { attempt } from './errors.ts';
import type { Bounds } from './eviction.ts';
import { directoryOf } from './glance.ts';
import { announceGuard, type Door, type GuardProcess, guardsIn } from './guards.ts';
import { openObjects } from './objects.ts';
import { isAlive } from './processes.ts';
import { openQuarantine } from './quarantine.ts';
import type { StateParts } from './rebuilding.ts';
import { openReceipts } from './receipts.ts';
import { openScopes } from './scopes.ts';
import { openSessions } from './sessions.ts';
import { openTellings, type Tellings } from './tellings.ts';
import { openTurns } from './turns.ts';
import type { OnDamage } from './wholeFile.ts';

export interface Store {
  readonly directory: string;
  readonly baselines: Baselines;
  readonly quarantine: Quarantine;
  readonly audit: VerifiableAudit;
  readonly scopes: Scopes;
  readonly sessions: Sessions;
  readonly receipts: Receipts;
  readonly answers: Answers;
  readonly tellings: Tellings;
  readonly turns: Turns;
  /** Differs when a person has said something since that can change an answer: a scope, a prompt, an approval. */
  wordStamp(): string;
  /** The processes that watch the workspace now. */
  guards(): readonly GuardProcess[];
  /** Says that this one does, and where it can be asked. Gives what takes it back. */
  announce(door?: Door): { dispose(): void };
  /** Makes room where there is more than there may be. Whoever watches does so from time to time. */
  evict(): Promise<void>;
  /** Lets go of what it has open. A long-lived program does so when it needs the state no more. */
  dispose(): void;
}

export interface StoreOptions {
  /** Stands in for the user's state directory. */
  readonly stateHome?: string;
  /** Told in words about each stored file that could not be used and was set aside. */
  readonly onDamage?: OnDamage;
  /** Stand in for what is set for this machine. */
  readonly bounds?: Bounds;
  /** Makes the state anew when it goes away. For whoever watches: nobody else knows what was in it. */
  readonly rebuilds?: boolean;
  /** Told when that was done; in the place of `onDamage`. */
  readonly onRebuilt?: OnDamage;
}

/** Opens the state of a workspace, and makes its directories. Several processes may have it open at once. */
export function openStore(workspace: string, options: StoreOptions = {}): Promise<Store> {
  const { stateHome, onDamage = () => undefined } = options;
  return attempt(`open its state of ${workspace}`, async () => {
    const directory = directoryOf(realpathSync.native(workspace), stateHome);
    const at = (name: string) => join(directory, name);
    // Directories are made here, and by whoever watches: for others one that vanishes is an error and no empty state.
    const makeFolders = () => {
      for (const name of folders) makePrivate(at(name));
      chmodSync(directory, 0o700);
    };
    makeFolders();
    beginAudit(directory);
    const parts = openParts(directory, onDamage);
    const announcing = announcingIn(at('guards'));
    const makeAnew = () => {
      makeFolders();
      announcing.again();
    };
    const onRebuilt = options.onRebuilt ?? onDamage;
    const rebuilding = options.rebuilds === true ? await import('./rebuilding.ts') : undefined;
    const mended = rebuilding?.rebuilding(parts, makeAnew, onRebuilt);
    const { baselines, quarantine, audit, turns, sessions, receipts } = mended ?? parts;
    const evictNow = () =>
      attempt('make room in its state', async () => {
        const { boundsIn, evict } = await import('./eviction.ts');
        await evict(directory, options.bounds ?? boundsIn(dirname(directory)), audit, onDamage);
      });
    return {
      directory,
      baselines,
      quarantine,
      audit,
      turns,
      scopes: openScopes(directory, onDamage),
      sessions,
      receipts,
      answers: openAnswers(at('answers')),
      tellings: openTellings(directory, audit),
      wordStamp: () => ['scope.json', 'sessions', 'receipts'].map((name) => changedAt(at(name))).join(' '),
      guards: () => guardsIn(at('guards')),
      announce: (door) => together(announcing.begin(door), evictAtTimes(evictNow, onDamage)),
      evict: evictNow,
      dispose: () => mended?.dispose(),
    };
  });
}

function openParts(directory: string, onDamage: OnDamage): StateParts {
  const at = (name: string) => join(directory, name);
  const objects = openObjects(at('objects'), onDamage);
  const audit = openAudit(directory, onDamage);
  return {
    baselines: openBaselines(at('baselines'), objects, audit, onDamage),
    quarantine: openQuarantine(at('quarantine'), objects, onDamage, (pid) => mayAsk(pid, at('guards'))),
    audit,
    turns: openTurns(at('turns')),
    sessions: openSessions(at('sessions'), onDamage),
    receipts: openReceipts(at('receipts'), onDamage),
  };
}

/** What this process says of itself; said again in a state that was made anew. */
function announcingIn(directory: string): { begin(door?: Door): { dispose(): void }; again(): void } {
  const said = new Set<{ readonly door: Door | undefined; file: { dispose(): void } }>();
  return {
    begin: (door) => {
      const one = { door, file: announceGuard(directory, door) };
      said.add(one);
      return {
        dispose: () => {
          said.delete(one);
          one.file.dispose();
        },
      };
    },
    again: () => {
      for (const one of said) {
        one.file.dispose();
        one.file = announceGuard(directory, one.door);
      }
    },
  };
}

const betweenEvictions = 10 * 60_000;

function evictAtTimes(evictNow: () => Promise<void>, onDamage: OnDamage): { dispose(): void } {
  const step = () => void evictNow().catch((error: Error) => onDamage(error.message));
  const timer = setInterval(step, betweenEvictions);
  timer.unref();
  step();
  return { dispose: () => clearInterval(timer) };
}

function together(...all: readonly { dispose(): void }[]): { dispose(): void } {
  return {
    dispose: () => {
      for (const one of all) one.dispose();
    },
  };
}

/** What watches without a door is a terminal, in which nobody can answer. */
function mayAsk(pid: number, guards: string): boolean {
  return isAlive(pid) && !guardsIn(guards).some((guard) => guard.pid === pid && guard.door === undefined);
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const folders = [
  'objects',
  'baselines',
  'quarantine',
  'sessions',
  'receipts',
  'answers',
  'guards',
  'turns',
] as const;

/**
 * The mode of `mkdir` is cut by the umask and passed over for a directory that is there, hence `chmod`. A hook opens the
 * store for every edit, and waiting for each call in turn would take it longer than all the rest.
 */
function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
}
