import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** The folder of the user for the state of programs. */
export function stateHome(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  const path = platform === 'win32' ? win32 : posix;
  // A relative value would put the state wherever the process happens to stand, perhaps inside the workspace.
  const absolute = (value: string | undefined) =>
    value !== undefined && path.isAbsolute(value) ? value : undefined;
  const override = absolute(env.INFRAHOLD_STATE_HOME);
  if (override !== undefined) return override;
  switch (platform) {
    case 'win32':
      return absolute(env.LOCALAPPDATA) ?? path.join(home, 'AppData', 'Local');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support');
    default:
      return absolute(env.XDG_STATE_HOME) ?? path.join(home, '.local', 'state');
  }
}

/** As the system tells it. Where a variable tells it, as nearly everywhere, the system need not be asked. */
export function homeFolder(env: Readonly<Record<string, string | undefined>>): string {
  return (process.platform !== 'win32' && env.HOME) || homedir();
}
