/** A hook file of each host as people have them: with comments, trailing commas and hooks of others in it. */
export const settings: readonly {
  readonly host: string;
  readonly file: string;
  readonly text: string;
  /** In the person's own folders. */
  readonly userFile: string;
}[] = [
  {
    host: 'claude-code',
    file: '.claude/settings.json',
    userFile: '.claude/settings.json',
    text: `{
  // Ours since spring.
  "model": "opus",
  "permissions": { "allow": ["Bash(npm test:*)"] },
  "hooks": {
    "PreToolUse": [
      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "./audit.sh" }] }, // keep
    ],
    "Stop": [{ "hooks": [{ "type": "command", "command": "notify" }] }]
  } /* the end */
}
`,
  },
  {
    host: 'cursor',
    file: '.cursor/hooks.json',
    userFile: '.cursor/hooks.json',
    text: `{
  "version": 1,
  "hooks": {
    "preToolUse": [{ "command": "./audit.sh" }],
    "stop": [
      { "command": "./done.sh" }
    ]
  }
}
`,
  },
  {
    host: 'copilot-cli',
    file: '.vscode/settings.json',
    userFile: '.copilot/hooks/infrahold.json',
    text: `{
    "editor.tabSize": 4, // as agreed
    "chat.tools.edits.autoApprove": { "**/*.lock": false },
    /* "files.autoSave": "off", */
}`,
  },
  {
    host: 'gemini',
    file: '.gemini/settings.json',
    userFile: '.gemini/settings.json',
    text: `{"theme": "dark", "hooks": {"BeforeTool": [{"hooks": [{"type": "command", "command": "./audit.sh"}]}]}}`,
  },
  {
    host: 'codex',
    file: '.codex/config.toml',
    userFile: '.codex/hooks.json',
    text: `# Mine.
model = "gpt-5.5"   # keep

[[hooks.PreToolUse]]
matcher = "Bash"
[[hooks.PreToolUse.hooks]]
type = "command"
command = './audit.sh'
`,
  },
  {
    host: 'windsurf',
    file: '.windsurf/hooks.json',
    userFile: '.codeium/windsurf/hooks.json',
    text: `{
  "hooks": {
    "pre_write_code": [
      { "command": "./audit.sh" } // the auditor
    ]
  }
}

`,
  },
  {
    host: 'kiro',
    file: '.kiro/hooks/infrahold.json',
    userFile: '.kiro/hooks/infrahold.json',
    text: `{
  "version": "v1",
  "hooks": [
    { "name": "mine", "trigger": "Stop", "action": { "type": "command", "command": "./done.sh" } }
  ]
}
`,
  },
  {
    host: 'qwen',
    file: '.qwen/settings.json',
    userFile: '.qwen/settings.json',
    text: `{
  "hooks": {
    // One group of others, in which a handler of ours must never land.
    "PreToolUse": [
      {
        "matcher": "edit",
        "hooks": [{ "type": "command", "command": "./audit.sh" }]
      }
    ]
  }
}
`,
  },
];

/** Rules files that are there already. */
export const rules: Readonly<Record<string, string>> = {
  'CLAUDE.md': '# Project\n\nUse tabs.\n',
  'AGENTS.md': '# Agents\n\nNo line end here',
  '.cursorrules': 'Be brief.\n\n',
  '.windsurfrules': 'Be brief.\n',
};

/** Ways in which the same text can be laid out. */
export const layouts: Readonly<Record<string, (text: string) => string>> = {
  'as written': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with tabs': (text) => text.replaceAll(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  'with a byte order mark': (text) => `\uFEFF${text}`,
};
