import { type Call, nothingKnown, type Program, type Stream } from '../shell.ts';

/** What takes the guard away, or speaks for a person to it, is a person's to do. */
export const guardingPrograms: readonly (readonly [string, Program])[] = [
  ['infrahold', ownProgram],
  ...[
    'code',
    'code-insiders',
    'code-oss',
    'code-server',
    'codium',
    'vscodium',
    'cursor',
    'windsurf',
    'kiro',
  ].map((name) => [name, editor] as const),
  ...['pkill', 'killall', 'skill'].map((name) => [name, killing] as const),
];

/** A server that an agent starts itself could be answered by it. */
function ownProgram(call: Call): Stream {
  return ['uninstall', 'mcp'].includes(call.args[0] ?? '') ? tampering(call) : nothingKnown;
}

function editor(call: Call): Stream {
  const { args } = call;
  const isOurs = (arg: string | undefined) => arg !== undefined && /infrahold/i.test(arg);
  const isOff = args.some((arg, index) => {
    if (arg === '--disable-extensions') return true;
    if (!/^--(?:uninstall|disable)-extension(?:=|$)/.test(arg)) return false;
    return isOurs(arg) || isOurs(args[index + 1]);
  });
  return isOff ? tampering(call) : nothingKnown;
}

function killing(call: Call): Stream {
  return call.args.some((arg) => /infrahold|extensionHost/i.test(arg)) ? tampering(call) : nothingKnown;
}

/** A package manager that is asked to take the program away. */
export function removesOwnPackage({ args }: Call): boolean {
  const words = args.filter((arg) => !arg.startsWith('-')).join(' ');
  return /^(?:global )?(?:uninstall|remove|rm|un|unlink|r) (?:.* )?infrahold(?:@\S+)?(?: |$)/.test(words);
}

export function tampering(call: Call): Stream {
  call.shell.found.tampering.push({ what: 'guard-removed', text: call.text });
  return nothingKnown;
}
