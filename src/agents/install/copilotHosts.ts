import { markdownMarks } from './block.ts';
import { plainHooks, secondsToAnswer, secondsToNote } from './hookEntries.ts';
import type { HostFile, InstallableHost, Target } from './host.ts';
import { hookCommand, type Launch, powershellCommand } from './launch.ts';

/** Copilot CLI, and the cloud agent, which reads the file from the branch it works on. */
export const copilotCli: InstallableHost = {
  id: 'copilot-cli',
  name: 'Copilot CLI',
  programs: ['copilot'],
  projectTraces: ['.github/copilot'],
  userTraces: ({ copilot }) => [copilot],
  files: (target) => [
    sharedHook(target),
    ...instructions(target, `${target.user.copilot}/copilot-instructions.md`),
  ],
  toDo: 'trust the folder when Copilot CLI asks: in one that is not trusted the hooks of the repository are off',
};

/** Copilot's agent mode in VS Code. */
export const vscode: InstallableHost = {
  id: 'vscode',
  name: 'VS Code (Copilot)',
  programs: ['code', 'code-insiders'],
  projectTraces: ['.vscode', '.github/copilot-instructions.md'],
  userTraces: ({ config }) => [`${config}/Code/User`],
  files: (target) => [
    sharedHook(target),
    ...(target.level === 'project' ? [editApproval(target)] : []),
    ...(target.level === 'project' ? instructions(target, '') : []),
  ],
  toDo: 'keep `chat.useHooks` on and trust the workspace: VS Code runs no hook otherwise',
};

/**
 * One file that Copilot CLI, VS Code and the cloud agent read. With event names as Claude Code writes them, Copilot
 * sends the payload and takes the answer that VS Code does. No matcher: VS Code passes over it, and the names of tools
 * that others bring cannot be listed. Both know `timeoutSec`.
 */
function sharedHook({ level, root, user, launch }: Target): HostFile {
  const folder = level === 'project' ? `${root}/.github` : user.copilot;
  const entries = plainHooks(
    [
      { name: 'PreToolUse', settings: { timeoutSec: secondsToAnswer } },
      { name: 'UserPromptSubmit', settings: { timeoutSec: secondsToNote } },
      { name: 'PostToolUse', settings: { timeoutSec: secondsToNote } },
      { name: 'SessionStart', settings: { timeoutSec: secondsToNote } },
    ],
    { type: 'command', ...commands(launch) },
  );
  return {
    kind: 'entries',
    path: `${folder}/hooks/infrahold.json`,
    what: 'hook',
    entries: { ...entries, frame: [{ path: ['version'], value: 1 }] },
  };
}

/**
 * On Windows Copilot CLI starts a hook by PowerShell. VS Code would take that line too, for another shell, unless there is
 * one for Windows.
 */
function commands(launch: Launch) {
  const command = hookCommand(launch, 'copilot-cli');
  if (!launch.windows) return { command };
  return { command, windows: command, powershell: powershellCommand(launch, 'copilot-cli') };
}

/**
 * VS Code writes files without asking. Protected files keep that, because the hook judges them and an edit that
 * changes no meaning must pass without a question; Infrahold's own files do not.
 */
function editApproval({ root }: Target): HostFile {
  const own = ['**/.infrahold.yml', '**/.cursor/hooks.json', '**/.vscode/settings.json'];
  return {
    kind: 'entries',
    path: `${root}/.vscode/settings.json`,
    what: 'protection',
    entries: {
      elements: [],
      properties: own.map((glob) => ({ path: ['chat.tools.edits.autoApprove', glob], value: false })),
      frame: [],
    },
  };
}

function instructions({ level, root, rules }: Target, ofUser: string): HostFile[] {
  if (rules === undefined) return [];
  const path = level === 'project' ? `${root}/.github/copilot-instructions.md` : ofUser;
  return [{ kind: 'block', path, what: 'rules', body: rules, marks: markdownMarks }];
}
