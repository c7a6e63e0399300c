import { markdownMarks } from './block.ts';
import { entriesOf, plainHooks, secondsToAnswer, secondsToNote } from './hookEntries.ts';
import type { HostFile, InstallableHost, Target } from './host.ts';
import { hookCommand, powershellCommand } from './launch.ts';
import { ownMark } from './ownFile.ts';

/** Cursor. No matcher: the names of its editing tools are not all documented. */
export const cursor: InstallableHost = {
  id: 'cursor',
  name: 'Cursor',
  programs: ['cursor', 'cursor-agent'],
  projectTraces: ['.cursor', '.cursorrules'],
  userTraces: ({ home, config }) => [`${home}/.cursor`, `${config}/Cursor`],
  files: (target) => {
    const { level, root, user, launch, rules } = target;
    const closed = { timeout: secondsToAnswer, failClosed: true };
    const noted = { timeout: secondsToNote };
    const entries = plainHooks(
      [
        { name: 'preToolUse', settings: closed },
        { name: 'beforeShellExecution', settings: closed },
        { name: 'beforeMCPExecution', settings: closed },
        { name: 'beforeSubmitPrompt', settings: noted },
        { name: 'afterFileEdit', settings: noted },
        { name: 'afterShellExecution', settings: noted },
        { name: 'sessionStart', settings: noted },
      ],
      { command: hookCommand(launch, 'cursor') },
    );
    const hook: HostFile = {
      kind: 'entries',
      path: `${level === 'project' ? root : user.home}/.cursor/hooks.json`,
      what: 'hook',
      entries: { ...entries, frame: [{ path: ['version'], value: 1 }] },
    };
    if (rules === undefined || level === 'user') return [hook];
    const content = `---\ndescription: What Infrahold protects in this project\nalwaysApply: true\n---\n\n${rules}\n<!-- ${ownMark} -->\n`;
    return [
      hook,
      { kind: 'own', path: `${root}/.cursor/rules/infrahold.mdc`, what: 'rules', content },
      ...blockIfThere(target, '.cursorrules', rules),
    ];
  },
  toDo: 'trust the workspace in Cursor: it runs the hooks of a project only then',
};

/** Windsurf stops a step by exit code 2 and knows neither matchers nor timeouts. */
export const windsurf: InstallableHost = {
  id: 'windsurf',
  name: 'Windsurf',
  programs: ['windsurf'],
  projectTraces: ['.windsurf', '.windsurfrules'],
  userTraces: ({ home }) => [`${home}/.codeium/windsurf`],
  files: (target) => {
    const { level, root, user, launch, rules } = target;
    const folder = level === 'project' ? `${root}/.windsurf` : `${user.home}/.codeium/windsurf`;
    const command = hookCommand(launch, 'windsurf');
    const entries = plainHooks(
      [
        { name: 'pre_write_code', settings: { show_output: true } },
        { name: 'pre_run_command', settings: { show_output: true } },
        { name: 'pre_mcp_tool_use', settings: { show_output: true } },
        { name: 'pre_user_prompt' },
        { name: 'post_write_code' },
        { name: 'post_run_command' },
      ],
      launch.windows ? { command, powershell: powershellCommand(launch, 'windsurf') } : { command },
    );
    const hook: HostFile = { kind: 'entries', path: `${folder}/hooks.json`, what: 'hook', entries };
    if (rules === undefined || level === 'user') return [hook];
    const content = `${rules}\n<!-- ${ownMark} -->\n`;
    return [
      hook,
      { kind: 'own', path: `${root}/.windsurf/rules/infrahold.md`, what: 'rules', content },
      ...blockIfThere(target, '.windsurfrules', rules),
    ];
  },
};

/** Kiro keeps each hook in a file of its own kind, in which the event is a property. */
export const kiro: InstallableHost = {
  id: 'kiro',
  name: 'Kiro',
  programs: ['kiro', 'kiro-cli'],
  projectTraces: ['.kiro'],
  userTraces: ({ home }) => [`${home}/.kiro`],
  files: (target) => {
    const { level, root, user, launch, rules } = target;
    const folder = `${level === 'project' ? root : user.home}/.kiro`;
    const action = { type: 'command', command: hookCommand(launch, 'kiro') };
    const entries = kiroTriggers.map(([trigger, timeout]) => ({
      path: ['hooks'],
      value: { name: `infrahold-${trigger}`, trigger, action, timeout, enabled: true },
    }));
    const hook: HostFile = {
      kind: 'entries',
      path: `${folder}/hooks/infrahold.json`,
      what: 'hook',
      entries: entriesOf(entries, [{ path: ['version'], value: 'v1' }]),
    };
    const content = `---\ninclusion: always\n---\n\n${rules ?? ''}\n<!-- ${ownMark} -->\n`;
    const steering: HostFile = {
      kind: 'own',
      path: `${folder}/steering/infrahold.md`,
      what: 'rules',
      content,
    };
    return rules === undefined ? [hook] : [hook, steering];
  },
};

/** No matcher: the names of Kiro's tools differ between its versions, and one that is missed is an edit unseen. */
const kiroTriggers = [
  ['PreToolUse', secondsToAnswer],
  ['UserPromptSubmit', secondsToNote],
  ['PostToolUse', secondsToNote],
  ['SessionStart', secondsToNote],
] as const;

/** Rules files of an older kind are not made any more, but those that people have are still read. */
function blockIfThere({ root, text }: Target, name: string, body: string): HostFile[] {
  const path = `${root}/${name}`;
  return text(path) === undefined ? [] : [{ kind: 'block', path, what: 'rules', body, marks: markdownMarks }];
}
