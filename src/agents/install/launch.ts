/** How the hook program is started: `/usr/bin/node /opt/infrahold/dist/cli.js`, or one word that the PATH knows. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly windows: boolean;
}

/** The command line with which a host's shell starts the hook. */
export function hookCommand({ program, args, windows }: Launch, host: string): string {
  const quote = windows ? quotedForWindows : quotedForPosix;
  return [...[program, ...args].map(quote), 'hook', host].join(' ');
}

/** The same for PowerShell, which runs a quoted program only behind `&`. */
export function powershellCommand(launch: Launch, host: string): string {
  const command = hookCommand(launch, host);
  return command.startsWith('"') ? `& ${command}` : command;
}

/** POSIX takes everything between single quotes as it is, but for a single quote. */
function quotedForPosix(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Forward slashes and double quotes are read alike by cmd, by PowerShell's `&` and by the bash that git brings. */
function quotedForWindows(word: string): string {
  const slashed = word.replaceAll('\\', '/');
  return /^[\w@+=:,./-]+$/.test(slashed) ? slashed : `"${slashed}"`;
}
