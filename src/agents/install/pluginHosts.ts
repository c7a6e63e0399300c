import { markdownMarks } from './block.ts';
import type { HostFile, InstallableHost } from './host.ts';
import { ownMark } from './ownFile.ts';

export const opencode: InstallableHost = {
  id: 'opencode',
  name: 'opencode',
  programs: ['opencode'],
  projectTraces: ['.opencode', 'opencode.json', 'opencode.jsonc'],
  userTraces: ({ config }) => [`${config}/opencode`],
  files: ({ level, root, user, rules }) => {
    const path = level === 'project' ? `${root}/AGENTS.md` : `${user.config}/opencode/AGENTS.md`;
    return rules === undefined
      ? []
      : [{ kind: 'block', path, what: 'rules', body: rules, marks: markdownMarks }];
  },
};

export const cline: InstallableHost = {
  id: 'cline',
  name: 'Cline',
  programs: ['cline'],
  projectTraces: ['.clinerules', '.cline'],
  userTraces: ({ home }) => [`${home}/.cline`],
  files: ({ level, root, rules, text }) => {
    if (rules === undefined || level === 'user') return [];
    // Older projects keep their rules in a file of that name instead of a folder.
    const old = `${root}/.clinerules`;
    const rule: HostFile =
      text(old) === undefined
        ? {
            kind: 'own',
            path: `${old}/infrahold.md`,
            what: 'rules',
            content: `${rules}\n<!-- ${ownMark} -->\n`,
          }
        : { kind: 'block', path: old, what: 'rules', body: rules, marks: markdownMarks };
    return [rule];
  },
};
