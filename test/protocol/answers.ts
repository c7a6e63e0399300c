/** What a host is told, byte for byte: standard output, or standard error and exit code 2 where it says so. */
export interface Answers {
  readonly deny: string;
  /** Absent where the host cannot ask: the answer is then that of `deny`. */
  readonly ask?: string;
  /** Absent where nothing reaches the model. */
  readonly tellAfter?: string;
  readonly tellWithPrompt?: string;
  readonly byExitCode?: true;
}

const likeClaude = {
  deny: '{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"R"}}\n',
  ask: '{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask","permissionDecisionReason":"R"}}\n',
  tellAfter: '{"hookSpecificOutput":{"hookEventName":"PostToolUse","additionalContext":"R"}}\n',
  tellWithPrompt: '{"hookSpecificOutput":{"hookEventName":"UserPromptSubmit","additionalContext":"R"}}\n',
};

/** By the host and its event before a tool, since Cline speaks in two ways. */
export const answers: Readonly<Record<string, Answers>> = {
  'claude-code PreToolUse': likeClaude,
  'vscode PreToolUse': likeClaude,
  'qwen PreToolUse': likeClaude,
  'codex PreToolUse': {
    deny: likeClaude.deny,
    tellAfter: likeClaude.tellAfter,
    tellWithPrompt: likeClaude.tellWithPrompt,
  },
  'cursor preToolUse': {
    deny: '{"permission":"deny","user_message":"R","agent_message":"R","hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"R"}}\n',
    tellAfter: '{"additional_context":"R"}\n',
  },
  'copilot-cli preToolUse': {
    deny: '{"permissionDecision":"deny","permissionDecisionReason":"R","hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"R"}}\n',
    ask: '{"permissionDecision":"ask","permissionDecisionReason":"R","hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask","permissionDecisionReason":"R"}}\n',
    tellAfter:
      '{"additionalContext":"R","hookSpecificOutput":{"hookEventName":"postToolUse","additionalContext":"R"}}\n',
    tellWithPrompt:
      '{"additionalContext":"R","hookSpecificOutput":{"hookEventName":"userPromptSubmitted","additionalContext":"R"}}\n',
  },
  'gemini BeforeTool': {
    deny: '{"decision":"deny","reason":"R","systemMessage":"R"}\n',
    tellAfter: '{"hookSpecificOutput":{"hookEventName":"AfterTool","additionalContext":"R"}}\n',
    tellWithPrompt: '{"hookSpecificOutput":{"hookEventName":"BeforeAgent","additionalContext":"R"}}\n',
  },
  'windsurf pre_write_code': { deny: 'R\n', byExitCode: true },
  'cline tool_call': {
    deny: '{"cancel":true,"errorMessage":"R"}\n',
    tellAfter: '{"cancel":false,"contextModification":"R"}\n',
  },
  'cline beforeTool': { deny: '{"decision":"deny","reason":"R"}\n', tellAfter: '{"context":"R"}\n' },
  'opencode tool.execute.before': {
    deny: '{"decision":"deny","reason":"R"}\n',
    tellAfter: '{"context":"R"}\n',
  },
  'kiro preToolUse': { deny: 'R\n', byExitCode: true, tellWithPrompt: 'R\n' },
};
