import { clinePlugin } from '../plugins/cline.ts';
import { opencodePlugin } from '../plugins/opencode.ts';
import { markdownMarks } from './block.ts';
import type { HostFile, InstallableHost, Target } from './host.ts';
import { ownMark } from './ownFile.ts';

/** opencode loads every script of its plugin folder, and nothing else could refuse a single call. */
export const opencode: InstallableHost = {
  id: 'opencode',
  name: 'opencode',
  programs: ['opencode'],
  projectTraces: ['.opencode', 'opencode.json', 'opencode.jsonc'],
  userTraces: ({ config }) => [`${config}/opencode`],
  files: (target) => {
    const { level, root, user, launch, rules } = target;
    const folder = level === 'project' ? `${root}/.opencode` : `${user.config}/opencode`;
    const path = level === 'project' ? `${root}/AGENTS.md` : `${folder}/AGENTS.md`;
    const plugin = pluginFile(`${folder}/plugins/infrahold.js`, opencodePlugin(launch));
    return rules === undefined
      ? [plugin]
      : [plugin, { kind: 'block', path, what: 'rules', body: rules, marks: markdownMarks }];
  },
};

/** Cline. A hook file of its own would end the whole run with each no; a plugin refuses one call. */
export const cline: InstallableHost = {
  id: 'cline',
  name: 'Cline',
  programs: ['cline'],
  projectTraces: ['.clinerules', '.cline'],
  userTraces: ({ home }) => [`${home}/.cline`],
  files: (target) => {
    const { level, root, user, launch, rules } = target;
    const folder = `${level === 'project' ? root : user.home}/.cline`;
    const plugin = pluginFile(`${folder}/plugins/infrahold.js`, clinePlugin(launch));
    return rules === undefined || level === 'user' ? [plugin] : [plugin, clineRules(target, rules)];
  },
};

/** Older projects keep their rules in a file of the name that newer ones give a folder. */
function clineRules({ root, text }: Target, rules: string): HostFile {
  const old = `${root}/.clinerules`;
  if (text(old) !== undefined)
    return { kind: 'block', path: old, what: 'rules', body: rules, marks: markdownMarks };
  const content = `${rules}\n<!-- ${ownMark} -->\n`;
  return { kind: 'own', path: `${old}/infrahold.md`, what: 'rules', content };
}

function pluginFile(path: string, source: string): HostFile {
  return { kind: 'own', path, what: 'hook', content: `// ${ownMark}\n${source}` };
}
