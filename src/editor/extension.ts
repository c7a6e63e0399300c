import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ExtensionContext, Uri, WorkspaceFolder } from 'vscode';
import { commands as editorCommands, l10n, window, workspace } from 'vscode';
import { stateRoot } from '../store/location.ts';
import { DisposableList } from './disposables.ts';
import { hasProtectedFile, isProtected, protectedGlob } from './firstLook.ts';
import { commands, type GuardCommandId } from './ids.ts';
import type { protectAgents, renewHookProgram } from './protectAgents.ts';
import type { openSession, Session } from './session.ts';
import { sweepLater } from './sweepLater.ts';

/**
 * Phase one: knows only how to tell that a folder has something to protect. It reads no file and loads no parser, so
 * that a window without infrastructure files pays next to nothing.
 */
export function activate(context: ExtensionContext): void {
  const since = performance.now();
  const guarding = new DisposableList();
  context.subscriptions.push(guarding);
  const phaseTwo = loader(context, guarding);
  const { protectAgents: agentsId, ...others } = commands;
  for (const id of Object.values(others)) {
    guarding.add(editorCommands.registerCommand(id, (...values: unknown[]) => run(phaseTwo, id, values)));
  }
  guarding.add(editorCommands.registerCommand(agentsId, () => agentsBundle().protectAgents(context)));
  const state = stateRoot({ env: process.env, platform: process.platform, home: homedir() });
  // Hook entries that were written from here start a script there, which has to know where this version lies.
  if (existsSync(join(state, 'bin'))) void agentsBundle().renewHookProgram(context, state);
  guarding.add(sweepLater(state));
  for (const folder of workspace.workspaceFolders ?? []) guarding.add(watchFor(folder, phaseTwo));
  guarding.add(
    workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const folder of removed) phaseTwo.loaded()?.remove(folder);
      for (const folder of added) guarding.add(watchFor(folder, phaseTwo));
    }),
  );
  performance.measure('infrahold/first-phase', { start: since });
}

/** What was set for the lock is taken out while there is still somebody to take it out. */
export async function deactivate(): Promise<void> {
  await opened?.ended();
}

let opened: Session | undefined;

/** Asked for now and then, in any folder, and larger than the rest: it is a bundle of its own. */
function agentsBundle(): AgentsBundle {
  return require(join(__dirname, 'editor', 'protectAgents.js'));
}

interface AgentsBundle {
  readonly protectAgents: typeof protectAgents;
  readonly renewHookProgram: typeof renewHookProgram;
}

interface PhaseTwo {
  load(): Session;
  loaded(): Session | undefined;
}

function loader(context: ExtensionContext, guarding: DisposableList): PhaseTwo {
  let session: Session | undefined;
  return {
    loaded: () => session,
    load: () => {
      if (session === undefined) {
        // A variable keeps the bundler from pulling the second bundle into the first.
        const bundle = join(__dirname, 'editor', 'session.js');
        const since = performance.now();
        const loaded: { openSession: typeof openSession } = require(bundle);
        session = guarding.add(loaded.openSession(context));
        opened = session;
        performance.measure('infrahold/second-phase', { start: since });
      }
      return session;
    },
  };
}

/** Guards the folder as soon as a protected file is found in it, opened, or made. */
function watchFor(folder: WorkspaceFolder, phaseTwo: PhaseTwo): DisposableList {
  const waiting = new DisposableList();
  const start = () => {
    waiting.dispose();
    void phaseTwo.load().add(folder);
  };
  const look = (uri: Uri) => {
    if (isProtected(folder, uri)) start();
  };
  waiting.add(workspace.onDidOpenTextDocument(({ uri }) => look(uri)));
  waiting.add(workspace.onDidCreateFiles(({ files }) => files.forEach(look)));
  const watcher = waiting.add(workspace.createFileSystemWatcher(protectedGlob(folder), false, true, true));
  waiting.add(watcher.onDidCreate(look));
  void hasProtectedFile(folder).then((found) => {
    if (found && workspace.getWorkspaceFolder(folder.uri) !== undefined) start();
  });
  return waiting;
}

async function run(phaseTwo: PhaseTwo, id: GuardCommandId, values: readonly unknown[]): Promise<void> {
  const session = phaseTwo.loaded();
  if (session !== undefined) return session.run(id, values);
  void window.showInformationMessage(
    workspace.workspaceFolders === undefined
      ? l10n.t('Infrahold protects the infrastructure files of a folder. No folder is open.')
      : l10n.t(
          'Infrahold found no infrastructure file in this folder. The first one is protected as soon as it appears.',
        ),
  );
}
