/**
 * Files in which agents and editors keep what holds them: hook entries, and the switches that turn hooks off. They are
 * told by the last names of the path, because each project, and each person's own folder, has them in the same place.
 */
export function isSettingsPath(slashedLowerCase: string): boolean {
  return startIn(slashedLowerCase) !== undefined;
}

/** The folder that settings are for, the empty text for the folder itself; `undefined` for another file. */
export function ownerOfSettings(slashed: string): string | undefined {
  const start = startIn(slashed.toLowerCase());
  return start === undefined ? undefined : slashed.slice(0, Math.max(0, start - 1));
}

/** Where the last names begin. Nearly every path has none of the folders, and waits for no pattern to be compiled. */
function startIn(path: string): number | undefined {
  for (const [folder, name] of places) {
    const start = path.lastIndexOf(folder);
    const isFolder = start === 0 || path[start - 1] === '/';
    if (start !== -1 && isFolder && name.test(path.slice(start + folder.length))) return start;
  }
  return undefined;
}

const hooks = /^hooks\.json$/;
const settings = /^settings\.json$/;
const hookFile = /^[^/]+\.(?:json|kiro\.hook)$/;
const plugin = /^plugins?\/[^/]+\.[cm]?[jt]s$/;

const places: readonly (readonly [folder: string, name: RegExp])[] = [
  ['.claude/', /^settings(?:\.local)?\.json$/],
  ['.cursor/', hooks],
  ['.windsurf/', hooks],
  ['.codeium/windsurf/', hooks],
  ['.codex/', /^(?:hooks\.json|config\.toml)$/],
  ['.gemini/', settings],
  ['.qwen/', settings],
  ['.vscode/', settings],
  ['.github/copilot/', settings],
  ['.copilot/', /^(?:config|settings)\.json$/],
  ['.github/hooks/', hookFile],
  ['.kiro/hooks/', hookFile],
  ['.copilot/hooks/', hookFile],
  ['.clinerules/hooks/', /^[^/]+$/],
  ['.cline/', plugin],
  ['.opencode/', plugin],
  ['.config/opencode/', plugin],
  ['code/user/', settings],
  ['code - insiders/user/', settings],
  ['code-server/user/', settings],
];
