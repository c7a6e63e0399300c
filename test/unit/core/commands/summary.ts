import type { Action, CommandEffects } from '../../../../src/core/commands/effects.ts';

/** The effects in a line each, sorted, with paths relative to the folder. */
export function summaryOf(effects: CommandEffects, cwd: string): string[] {
  const short = (path: string): string => path.replace(`${cwd}/`, '');
  return [
    ...new Set([
      ...effects.writes.map(({ path, content }) => `write ${short(path)} ${content.is}`),
      ...effects.removes.map(
        ({ path, onlyUntracked }) => `remove ${short(path)}${onlyUntracked ? ' if untracked' : ''}`,
      ),
      ...effects.git.map(({ verb, paths }) => ['git', verb, ...paths.map(short)].join(' ')),
      ...effects.actions.map((action) => actionLine(action, short)),
      ...effects.patches.map((text) => `patch ${text.split('\n').length} lines`),
      ...effects.scripts.map(({ path }) => `script ${short(path)}`),
      ...effects.tampering.map(({ what }) => what),
      ...effects.unknown.map(({ kind }) => `unknown ${kind}`),
    ]),
  ].sort();
}

function actionLine(action: Action, short: (path: string) => string): string {
  const names =
    action.tool === 'compose' ? action.services : action.tool === 'docker' ? action.names : action.resources;
  const words: string[] = [action.tool, action.verb];
  if (action.tool === 'compose') {
    words.push(
      ...action.files.map((file) => `-f ${short(file)}`),
      ...(action.project === undefined ? [] : [`-p ${action.project}`]),
    );
    words.push(...action.profiles.map((profile) => `--profile ${profile}`));
    words.push(...(action.volumes ? ['-v'] : []), ...(action.removeOrphans ? ['--remove-orphans'] : []));
    words.push(...(action.renewVolumes ? ['-V'] : []), ...(action.yes ? ['-y'] : []));
  } else if (action.tool === 'docker') words.push(...(action.volumes ? ['-v'] : []));
  else if (action.data) words.push('with data');
  return [...words, ...names].join(' ');
}
