import type { Shell } from './shell.ts';

export function readPowerShell(_command: string, _shell: Shell): void {}
