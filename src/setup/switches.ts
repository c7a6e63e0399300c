import type { HostId } from '../agents/install/host.ts';
import type { Surroundings } from './surroundings.ts';
import { at, jsonIn } from './trust.ts';

/** Settings of a host that switch all its hooks off, whatever is installed. */
export async function switchedOff(host: HostId, { root, user }: Surroundings): Promise<string[]> {
  const looks = switches[host]?.({
    root,
    home: user.home,
    claude: user.claude,
    config: user.config,
    copilot: user.copilot,
  });
  const found = await Promise.all(
    (looks ?? []).map(async ({ file, path, off }) => {
      const value = path.reduce<unknown>(at, await jsonIn(file));
      return value === off ? [`${file}: "${path.join('.')}" is ${String(off)}, so no hook runs`] : [];
    }),
  );
  return found.flat();
}

interface Folders {
  readonly root: string;
  readonly home: string;
  readonly claude: string;
  readonly config: string;
  readonly copilot: string;
}

interface Look {
  readonly file: string;
  readonly path: readonly string[];
  readonly off: boolean;
}

const switches: Readonly<Partial<Record<HostId, (folders: Folders) => readonly Look[]>>> = {
  'claude-code': ({ root, claude }) =>
    [`${root}/.claude/settings.json`, `${root}/.claude/settings.local.json`, `${claude}/settings.json`].map(
      (file) => ({ file, path: ['disableAllHooks'], off: true }),
    ),
  vscode: ({ root, home, config }) =>
    [
      `${root}/.vscode/settings.json`,
      `${config}/Code/User/settings.json`,
      `${home}/Library/Application Support/Code/User/settings.json`,
    ].map((file) => ({ file, path: ['chat.useHooks'], off: false })),
  'copilot-cli': ({ root, copilot }) =>
    [`${copilot}/config.json`, `${copilot}/settings.json`, `${root}/.github/copilot/settings.json`].map(
      (file) => ({ file, path: ['disableAllHooks'], off: true }),
    ),
  gemini: ({ root, home }) =>
    [`${root}/.gemini/settings.json`, `${home}/.gemini/settings.json`].map((file) => ({
      file,
      path: ['hooksConfig', 'enabled'],
      off: false,
    })),
  qwen: ({ root, home }) =>
    [`${root}/.qwen/settings.json`, `${home}/.qwen/settings.json`].map((file) => ({
      file,
      path: ['disableAllHooks'],
      off: true,
    })),
};
