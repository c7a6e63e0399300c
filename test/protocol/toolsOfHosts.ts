import { addition, patched, patchOf } from './patches.ts';

/** One thing an agent does, whatever its host calls it. */
export type Action =
  | { readonly do: 'edit'; readonly path: string; readonly old: string; readonly fresh: string }
  | { readonly do: 'write' | 'create'; readonly path: string; readonly text: string }
  | { readonly do: 'delete' | 'read' | 'broken' | 'foreign'; readonly path: string }
  | { readonly do: 'rename'; readonly path: string; readonly to: string }
  | { readonly do: 'patch'; readonly text: string }
  | { readonly do: 'shell'; readonly command: string };

/** A call as a host's tool has it. */
export interface Call {
  readonly tool: string;
  readonly input: unknown;
}

export function claudeTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return {
        tool: 'Edit',
        input: {
          file_path: action.path,
          old_string: action.old,
          new_string: action.fresh,
          replace_all: false,
        },
      };
    case 'write':
    case 'create':
      return { tool: 'Write', input: { file_path: action.path, content: action.text } };
    case 'shell':
      return { tool: 'Bash', input: { command: action.command } };
    case 'broken':
      return { tool: 'Edit', input: { file_path: action.path, change: '-a +b' } };
    case 'read':
      return { tool: 'Read', input: { file_path: action.path } };
    case 'foreign':
      return foreign('mcp__notes__update_entry', action.path);
    default:
      return server('mcp__files__', action);
  }
}

export function vscodeTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return {
        tool: 'replace_string_in_file',
        input: { filePath: action.path, oldString: action.old, newString: action.fresh },
      };
    case 'write':
    case 'create':
      return { tool: 'create_file', input: { filePath: action.path, content: action.text } };
    case 'patch':
      return { tool: 'apply_patch', input: { input: action.text, explanation: '' } };
    case 'shell':
      return { tool: 'run_in_terminal', input: { command: action.command, isBackground: false } };
    case 'broken':
      return { tool: 'replace_string_in_file', input: { filePath: action.path, range: [1, 2] } };
    case 'read':
      return { tool: 'read_file', input: { filePath: action.path, startLine: 1, endLine: 9 } };
    case 'foreign':
      return foreign('mcp_notes_update_entry', action.path);
    default:
      return server('mcp_files_', action);
  }
}

export function cursorTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return {
        tool: 'StrReplace',
        input: { path: action.path, old_string: action.old, new_string: action.fresh },
      };
    case 'write':
    case 'create':
      return { tool: 'Write', input: { path: action.path, contents: action.text } };
    case 'delete':
      return { tool: 'Delete', input: { path: action.path } };
    case 'patch':
      return { tool: 'ApplyPatch', input: { patch: action.text } };
    case 'shell':
      return { tool: 'Shell', input: { command: action.command } };
    case 'broken':
      return { tool: 'edit_file', input: { target_file: action.path, code_edit: '# ...' } };
    case 'read':
      return { tool: 'Read', input: { path: action.path } };
    case 'foreign':
      return foreign('MCP:update_entry', action.path);
    case 'rename':
      return server('MCP:', action);
  }
}

export function copilotTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return { tool: 'edit', input: { path: action.path, old_str: action.old, new_str: action.fresh } };
    case 'write':
    case 'create':
      return { tool: 'create', input: { path: action.path, file_text: action.text } };
    case 'patch':
      return { tool: 'apply_patch', input: action.text };
    case 'shell':
      return { tool: 'bash', input: { command: action.command, description: '' } };
    case 'broken':
      return { tool: 'edit', input: { path: action.path, view_range: [1, 2] } };
    case 'read':
      return { tool: 'view', input: { path: action.path } };
    case 'foreign':
      return foreign('notes-update_entry', action.path);
    default:
      return server('files-', action);
  }
}

export function geminiTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return {
        tool: 'replace',
        input: { file_path: action.path, instruction: '', old_string: action.old, new_string: action.fresh },
      };
    case 'write':
    case 'create':
      return { tool: 'write_file', input: { file_path: action.path, content: action.text } };
    case 'shell':
      return { tool: 'run_shell_command', input: { command: action.command, is_background: false } };
    case 'broken':
      return { tool: 'replace', input: { file_path: action.path, instruction: 'remove the cache' } };
    case 'read':
      return { tool: 'read_file', input: { file_path: action.path } };
    case 'foreign':
      return foreign('mcp_notes_update_entry', action.path);
    default:
      return server('mcp_files_', action);
  }
}

export function codexTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return { tool: 'apply_patch', input: { command: patchOf(action.path, action.old, action.fresh) } };
    case 'write':
    case 'create':
      return { tool: 'apply_patch', input: { command: addition(action.path, action.text) } };
    case 'delete':
      return { tool: 'apply_patch', input: { command: patched(`*** Delete File: ${action.path}`) } };
    case 'patch':
      return { tool: 'apply_patch', input: { command: action.text } };
    case 'shell':
      return { tool: 'Bash', input: { command: action.command } };
    case 'broken':
      return { tool: 'apply_patch', input: { command: patched(`*** Update File: ${action.path}\nno sign`) } };
    case 'foreign':
      return foreign('mcp__notes__update_entry', action.path);
    case 'rename':
      return server('mcp__files__', action);
    case 'read':
      return undefined;
  }
}

export function clineTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return {
        tool: 'editor',
        input: { path: action.path, old_text: action.old, new_text: action.fresh },
      };
    case 'write':
    case 'create':
      return { tool: 'editor', input: { path: action.path, new_text: action.text } };
    case 'patch':
      return { tool: 'apply_patch', input: { input: action.text } };
    case 'shell':
      return { tool: 'run_commands', input: { commands: [action.command] } };
    case 'broken':
      return { tool: 'editor', input: { path: action.path, old_text: 'nginx' } };
    case 'read':
      return { tool: 'read_files', input: { files: [{ path: action.path }] } };
    case 'foreign':
      return foreign('notes__update_entry', action.path);
    default:
      return server('files__', action);
  }
}

export function opencodeTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return {
        tool: 'edit',
        input: { filePath: action.path, oldString: action.old, newString: action.fresh },
      };
    case 'write':
    case 'create':
      return { tool: 'write', input: { filePath: action.path, content: action.text } };
    case 'patch':
      return { tool: 'apply_patch', input: { patchText: action.text } };
    case 'shell':
      return { tool: 'bash', input: { command: action.command } };
    case 'broken':
      return { tool: 'edit', input: { filePath: action.path, line: 3 } };
    case 'read':
      return { tool: 'read', input: { filePath: action.path } };
    case 'foreign':
      return foreign('notes_update_entry', action.path);
    default:
      return server('files_', action);
  }
}

export function kiroTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return {
        tool: 'fs_write',
        input: { command: 'str_replace', path: action.path, old_str: action.old, new_str: action.fresh },
      };
    case 'write':
      return { tool: 'fsWrite', input: { path: action.path, text: action.text } };
    case 'create':
      return { tool: 'fs_write', input: { command: 'create', path: action.path, file_text: action.text } };
    case 'delete':
      return { tool: 'deleteFile', input: { targetFile: action.path } };
    case 'shell':
      return { tool: 'execute_bash', input: { command: action.command } };
    case 'broken':
      return { tool: 'fs_write', input: { command: 'rewrite', path: action.path } };
    case 'read':
      return { tool: 'fs_read', input: { path: action.path } };
    case 'foreign':
      return foreign('mcp_notes_update_entry', action.path);
    case 'rename':
      return server('mcp_files_', action);
    case 'patch':
      return undefined;
  }
}

export function qwenTools(action: Action): Call | undefined {
  if (action.do !== 'edit') return geminiTools(action);
  return {
    tool: 'edit',
    input: { file_path: action.path, old_string: action.old, new_string: action.fresh },
  };
}

export function windsurfTools(action: Action): Call | undefined {
  switch (action.do) {
    case 'edit':
      return {
        tool: 'write_code',
        input: { file_path: action.path, edits: [{ old_string: action.old, new_string: action.fresh }] },
      };
    case 'shell':
      return { tool: 'run_command', input: { command_line: action.command } };
    case 'broken':
      return { tool: 'write_code', input: { file_path: action.path } };
    case 'read':
      return { tool: 'read_code', input: { file_path: action.path } };
    case 'foreign':
      return foreign('mcp__notes__update_entry', action.path);
    case 'write':
    case 'create':
      return { tool: 'mcp__files__write_file', input: { path: action.path, content: action.text } };
    default:
      return server('mcp__files__', action);
  }
}

/** What the common server for files offers, under the prefix that the host gives it. */
function server(prefix: string, action: Action): Call | undefined {
  switch (action.do) {
    case 'rename':
      return { tool: `${prefix}move_file`, input: { source: action.path, destination: action.to } };
    case 'delete':
      return { tool: `${prefix}delete_file`, input: { path: action.path } };
    default:
      return undefined;
  }
}

function foreign(tool: string, path: string): Call {
  return { tool, input: { entry: { file: path }, value: 'caddy' } };
}
