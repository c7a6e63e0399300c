import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { ended } from './guardedFolder.ts';

const cli = resolve('dist', 'cli.js');

/** A folder in which an agent works, whose host starts the built hook for each event. */
export interface HookedProject {
  readonly folder: string;
  readonly stateHome: string;
  /** Ended before the folder goes: a guard at work would make its state anew. */
  readonly guards: ChildProcess[];
  read(name: string): string;
  write(name: string, content: string): void;
  /** Everything a hook says; a hook that says something on standard error or fails gives that. */
  hook(payload: Payload, host?: string, program?: string): string;
  hookSoon(payload: Payload, host?: string): Promise<string>;
  infrahold(...args: string[]): string;
  /** The audit, one record for each line. */
  records(): readonly Record<string, unknown>[];
  session(id?: string): AgentSession;
}

export type Payload = Readonly<Record<string, unknown>>;

/** The payloads of one session, as Claude Code sends them. */
export interface AgentSession {
  prompt(text: string, more?: Payload): Payload;
  write(name: string, content: string, call?: string): Payload;
  wrote(name: string, content: string, call?: string): Payload;
  bash(command: string, call?: string): Payload;
  ran(command: string, call?: string): Payload;
  start(): Payload;
  end(): Payload;
}

export function hookedProject(t: TestContext, files: Readonly<Record<string, string>>): HookedProject {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-session-')));
  const guards: ChildProcess[] = [];
  t.after(async () => {
    for (const guard of guards) await ended(guard, 'SIGKILL');
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  });
  const [folder, stateHome] = [join(base, 'work'), join(base, 'state')];
  for (const made of [folder, stateHome]) mkdirSync(made);
  const write = (name: string, content: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  const env = {
    ...process.env,
    INFRAHOLD_STATE_HOME: stateHome,
    CLAUDE_PROJECT_DIR: '',
    GIT_CEILING_DIRECTORIES: base,
    NO_COLOR: '1',
  };
  const options = { cwd: folder, env };
  const infrahold = (...args: string[]) =>
    spawnSync(process.execPath, [cli, ...args], options).stdout.toString();
  return {
    folder,
    stateHome,
    guards,
    write,
    infrahold,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    hook: (payload, host = 'claude-code', program = cli) => {
      const input = JSON.stringify(payload);
      const { stdout, stderr, status } = spawnSync(process.execPath, [program, 'hook', host], {
        ...options,
        input,
      });
      return said(stdout.toString(), stderr.toString(), status);
    },
    hookSoon: (payload, host = 'claude-code') => {
      const child = spawn(process.execPath, [cli, 'hook', host], options);
      t.after(() => child.kill('SIGKILL'));
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      child.stdin.end(JSON.stringify(payload));
      return new Promise((done) => child.on('close', (status) => done(said(stdout, stderr, status))));
    },
    records: () => JSON.parse(infrahold('log', '--format', 'json', '--count', '1000')).records,
    session: (id = 's1') => sessionIn(folder, id),
  };
}

function said(stdout: string, stderr: string, status: number | null): string {
  if (stderr !== '' || status !== 0) return `exit ${status}: ${stdout}${stderr}`;
  if (stdout === '') return '';
  const { hookSpecificOutput: output } = JSON.parse(stdout);
  return output.additionalContext === undefined
    ? `${output.permissionDecision}: ${output.permissionDecisionReason}`
    : `context: ${output.additionalContext}`;
}

function sessionIn(folder: string, session_id: string): AgentSession {
  const common = {
    session_id,
    cwd: folder,
    transcript_path: '/nowhere/transcript.jsonl',
    permission_mode: 'default',
  };
  const tool = (
    hook_event_name: string,
    tool_name: string,
    tool_input: Payload,
    call: string | undefined,
  ) => ({
    ...common,
    hook_event_name,
    tool_name,
    tool_input,
    ...(call !== undefined && { tool_use_id: call }),
  });
  const file = (name: string, content: string) => ({ file_path: join(folder, name), content });
  return {
    prompt: (prompt, more = {}) => ({ ...common, hook_event_name: 'UserPromptSubmit', prompt, ...more }),
    write: (name, content, call) => tool('PreToolUse', 'Write', file(name, content), call),
    wrote: (name, content, call) => tool('PostToolUse', 'Write', file(name, content), call),
    bash: (command, call) => tool('PreToolUse', 'Bash', { command }, call),
    ran: (command, call) => tool('PostToolUse', 'Bash', { command }, call),
    end: () => ({ ...common, hook_event_name: 'SessionEnd', reason: 'exit' }),
    start: () => ({ ...common, hook_event_name: 'SessionStart', source: 'startup' }),
  };
}
