/**
 * Files in which agents and editors keep what holds them: hook entries, and the switches that turn hooks off. They are
 * told by the last names of the path, because each project, and each person's own folder, has them in the same place.
 */
export function isSettingsPath(slashedLowerCase: string): boolean {
  return settings.test(slashedLowerCase);
}

/** The folder that settings are for, the empty text for the folder itself; `undefined` for another file. */
export function ownerOfSettings(slashed: string): string | undefined {
  const found = settings.exec(slashed.toLowerCase());
  return found === null ? undefined : slashed.slice(0, found.index);
}

const settings = new RegExp(
  `(?:^|/)(?:${[
    '\\.claude/settings(?:\\.local)?\\.json',
    '\\.(?:cursor|codex|windsurf|codeium/windsurf)/hooks\\.json',
    '\\.(?:gemini|qwen|vscode|github/copilot)/settings\\.json',
    '\\.copilot/(?:config|settings)\\.json',
    '\\.codex/config\\.toml',
    '\\.(?:github|kiro|copilot)/hooks/[^/]+\\.(?:json|kiro\\.hook)',
    '\\.clinerules/hooks/[^/]+',
    '\\.(?:cline|opencode)/plugins?/[^/]+\\.[cm]?[jt]s',
    '\\.config/opencode/plugins?/[^/]+\\.[cm]?[jt]s',
    'code(?: - insiders|-server)?/user/settings\\.json',
  ].join('|')})$`,
);
