import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Fixture } from '../support/protocol.ts';

/** The folders of one run, all below one temporary folder that goes away with it. */
export interface Home {
  readonly root: string;
  readonly workspace: string;
  readonly extensions: string;
  readonly settings: string;
}

/** What keeps VS Code from talking about itself, and from differing from the desktop's defaults. */
const QUIET = {
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

export type Theme = keyof typeof THEMES;

/** Makes the workspace of a suite, from the files its fixture names, and the person's settings. */
export function makeHome(fixture: Fixture, theme: Theme): Home {
  // VS Code resolves links where a temporary folder is one, and tests compare paths with it.
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-vscode-')));
  const workspace = join(root, 'workspace');
  const user = join(root, 'data', 'User');
  const settings = join(user, 'settings.json');
  for (const folder of [workspace, user]) mkdirSync(folder, { recursive: true });
  writeFiles(workspace, fixture.files ?? {});
  if (fixture.git) commitAll(workspace);
  const chosen = {
    ...QUIET,
    // Without Copilot its views and its server need not be started either.
    'chat.disableAIFeatures': !fixture.copilot,
    'workbench.colorTheme': THEMES[theme],
    ...fixture.settings,
  };
  writeFileSync(settings, JSON.stringify(chosen, null, 2));
  return { root, workspace, extensions: join(root, 'extensions'), settings };
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function commitAll(folder: string): void {
  const who = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.invalid'];
  const git = (...args: string[]) => execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'A Person');
  git('config', 'user.email', 'person@example.invalid');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Start');
}
