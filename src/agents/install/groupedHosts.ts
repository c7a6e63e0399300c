import { hashMarks, markdownMarks } from './block.ts';
import { groupedHooks, secondsToAnswer, secondsToNote } from './hookEntries.ts';
import type { HostFile, InstallableHost, Target } from './host.ts';
import { hookCommand, type Launch, powershellCommand } from './launch.ts';
import { ownMark } from './ownFile.ts';
import { tomlHooks } from './tomlHooks.ts';

/**
 * Claude Code. The command is one line for a shell, although Claude Code could take program and arguments apart:
 * Cursor, VS Code and Copilot read this file too, and one that passed over the arguments would start a bare `node`.
 */
export const claudeCode: InstallableHost = {
  id: 'claude-code',
  name: 'Claude Code',
  programs: ['claude'],
  projectTraces: ['.claude', 'CLAUDE.md'],
  userTraces: ({ claude }) => [claude],
  files: (target) => {
    const { level, root, user, launch } = target;
    const folder = level === 'project' ? `${root}/.claude` : user.claude;
    const tools = '^(Edit|Write|MultiEdit|NotebookEdit|Bash|PowerShell|mcp__.+)$';
    const hooks = groupedHooks(
      [
        { name: 'PreToolUse', matcher: tools, settings: { timeout: secondsToAnswer, onFailure: 'block' } },
        { name: 'UserPromptSubmit', settings: { timeout: secondsToNote } },
        { name: 'PostToolUse', matcher: tools, settings: { timeout: secondsToNote } },
        { name: 'SessionStart', settings: { timeout: secondsToNote } },
      ],
      { type: 'command', command: hookCommand(launch, 'claude-code') },
    );
    // A rule is asked about at every edit, innocent ones too, so only Infrahold's own files get one.
    const own =
      level === 'project'
        ? ['/.infrahold.yml', '/.claude/settings.json', '/.claude/settings.local.json']
        : ['.infrahold.yml', '~/.claude/settings.json'];
    const rules = own.map((path) => ({ path: ['permissions', 'ask'], value: `Edit(${path})` }));
    return [
      {
        kind: 'entries',
        path: `${folder}/settings.json`,
        what: 'hook',
        entries: { ...hooks, elements: [...hooks.elements, ...rules] },
      },
      ...rulesBlock(target, 'CLAUDE.md', `${user.claude}/CLAUDE.md`),
    ];
  },
  toDo: 'in a folder that is new to it, Claude Code asks whether you trust the folder: hooks run after a yes',
};

/** Its matchers are regular expressions, its timeouts milliseconds, and its shell on Windows is PowerShell. */
export const gemini: InstallableHost = {
  id: 'gemini',
  name: 'Gemini CLI',
  programs: ['gemini'],
  projectTraces: ['.gemini', 'GEMINI.md'],
  userTraces: ({ home }) => [`${home}/.gemini`],
  files: (target) => {
    const { level, root, user, launch } = target;
    const folder = `${level === 'project' ? root : user.home}/.gemini`;
    const tools = '^(write_file|replace|run_shell_command|mcp_.+)$';
    const entries = groupedHooks(
      [
        { name: 'BeforeTool', matcher: tools, settings: { timeout: secondsToAnswer * 1000 } },
        { name: 'BeforeAgent', settings: { timeout: secondsToNote * 1000 } },
        { name: 'AfterTool', matcher: tools, settings: { timeout: secondsToNote * 1000 } },
        { name: 'SessionStart', settings: { timeout: secondsToNote * 1000 } },
      ],
      { name: 'infrahold', type: 'command', command: lineFor(launch, 'gemini') },
    );
    // Only a person's own policies count; Gemini CLI does not read those of a workspace.
    const policy: HostFile = {
      kind: 'own',
      path: `${user.home}/.gemini/policies/infrahold.toml`,
      what: 'protection',
      content: geminiPolicy,
    };
    return [
      { kind: 'entries', path: `${folder}/settings.json`, what: 'hook', entries },
      ...(level === 'user' ? [policy] : []),
      ...rulesBlock(target, 'GEMINI.md', `${user.home}/.gemini/GEMINI.md`),
    ];
  },
  toDo: 'trust the folder when Gemini CLI asks (or with /permissions): in one that is not trusted it reads no settings',
};

const geminiPolicy = `# ${ownMark}
# Gemini CLI asks a person before it writes the policy or the settings that hold the hook.
[[rule]]
toolName = ["write_file", "replace"]
argsPattern = '"file_path":"[^"]*(\\.infrahold\\.yml|\\.gemini/settings\\.json|\\.gemini/policies/)'
decision = "ask_user"
priority = 500
`;

/**
 * Codex. It reads hooks from a file of their own and from its settings, and warns where one folder has both, so a
 * settings file that holds hooks already gets these too.
 */
export const codex: InstallableHost = {
  id: 'codex',
  name: 'Codex',
  programs: ['codex'],
  projectTraces: ['.codex'],
  userTraces: ({ codex: folder }) => [folder],
  files: (target) => {
    const { level, root, user, launch } = target;
    const folder = level === 'project' ? `${root}/.codex` : user.codex;
    const tools = '^(apply_patch|Edit|Write|Bash|mcp__.+)$';
    const command = hookCommand(launch, 'codex');
    const events = [
      { name: 'PreToolUse', matcher: tools, settings: { timeout: secondsToAnswer } },
      { name: 'UserPromptSubmit', settings: { timeout: secondsToNote } },
      { name: 'PostToolUse', matcher: tools, settings: { timeout: secondsToNote } },
      { name: 'SessionStart', settings: { timeout: secondsToNote } },
    ];
    const settings = `${folder}/config.toml`;
    const inSettings =
      target.text(`${folder}/hooks.json`) === undefined &&
      /^\s*\[\[?\s*hooks\b/m.test(target.text(settings) ?? '');
    const hook: HostFile = inSettings
      ? { kind: 'block', path: settings, what: 'hook', body: tomlHooks(events, command), marks: hashMarks }
      : {
          kind: 'entries',
          path: `${folder}/hooks.json`,
          what: 'hook',
          entries: groupedHooks(events, { type: 'command', command }),
        };
    return [hook, ...rulesBlock(target, 'AGENTS.md', `${user.codex}/AGENTS.md`)];
  },
  toDo: 'start Codex, open /hooks and trust the four hooks of Infrahold: until then Codex skips them without a word',
};

export const qwen: InstallableHost = {
  id: 'qwen',
  name: 'Qwen Code',
  programs: ['qwen'],
  projectTraces: ['.qwen', 'QWEN.md'],
  userTraces: ({ home }) => [`${home}/.qwen`],
  files: (target) => {
    const { level, root, user, launch } = target;
    const tools = '^(write_file|edit|run_shell_command|mcp__.+)$';
    const entries = groupedHooks(
      [
        { name: 'PreToolUse', matcher: tools, settings: { timeout: secondsToAnswer } },
        { name: 'UserPromptSubmit', settings: { timeout: secondsToNote } },
        { name: 'PostToolUse', matcher: tools, settings: { timeout: secondsToNote } },
        { name: 'SessionStart', settings: { timeout: secondsToNote } },
      ],
      {
        type: 'command',
        command: lineFor(launch, 'qwen'),
        ...(launch.windows ? { shell: 'powershell' } : {}),
      },
    );
    const path = `${level === 'project' ? root : user.home}/.qwen/settings.json`;
    return [
      { kind: 'entries', path, what: 'hook', entries },
      ...rulesBlock(target, 'QWEN.md', `${user.home}/.qwen/QWEN.md`),
    ];
  },
};

function lineFor(launch: Launch, host: string): string {
  return launch.windows ? powershellCommand(launch, host) : hookCommand(launch, host);
}

function rulesBlock({ level, root, rules }: Target, inProject: string, ofUser: string): HostFile[] {
  if (rules === undefined) return [];
  const path = level === 'project' ? `${root}/${inProject}` : ofUser;
  return [{ kind: 'block', path, what: 'rules', body: rules, marks: markdownMarks }];
}
