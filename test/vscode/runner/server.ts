import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** An installed VS Code, as the set-up answers it. */
export interface Editor {
  readonly node: string;
  readonly entry: string;
  readonly version: string;
}

export interface ServerOptions {
  readonly home: string;
  readonly extensions: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A running VS Code server with a user data folder of its own. */
export class VsCodeServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #log: string;

  private constructor(url: string, child: ChildProcess, log: string) {
    this.url = url;
    this.#process = child;
    this.#log = log;
  }

  static async start(editor: Editor, options: ServerOptions): Promise<VsCodeServer> {
    const port = await freePort();
    const log = join(options.home, 'server.log');
    const output = openSync(log, 'a');
    const flags = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
    const listen = [
      '--auth',
      'none',
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--config',
      join(options.home, 'server.yaml'),
    ];
    const folders = ['--user-data-dir', join(options.home, 'data'), '--extensions-dir', options.extensions];
    const child = spawn(editor.node, [editor.entry, ...listen, ...folders, ...flags], {
      // A process group of its own lets `stop` end the extension hosts and their children too.
      detached: true,
      stdio: ['ignore', output, output],
      env: environment(options.env),
    });
    const server = new VsCodeServer(`http://127.0.0.1:${port}`, child, log);
    // A run that is interrupted must not leave a VS Code behind, which its own process group would allow.
    process.once('exit', server.#kill);
    await server.#answers();
    return server;
  }

  readonly #kill = (): void => {
    if (this.#process.pid !== undefined) signal(this.#process.pid, 'SIGKILL');
  };

  /** What the server printed, for the report of a run that went wrong. */
  get log(): string {
    return readFileSync(this.#log, 'utf8');
  }

  async stop(): Promise<void> {
    const { pid, exitCode } = this.#process;
    if (pid === undefined) return;
    const gone = new Promise<void>((done) => this.#process.once('exit', () => done()));
    signal(pid, 'SIGTERM');
    const late = setTimeout(this.#kill, 3000);
    if (exitCode === null) await gone;
    clearTimeout(late);
    // Extension hosts linger for a while after their server; nothing of the group may outlive the run.
    this.#kill();
    process.off('exit', this.#kill);
  }

  async #answers(): Promise<void> {
    for (const end = Date.now() + 30_000; Date.now() < end; ) {
      const alive = await fetch(`${this.url}/healthz`).then(
        (response) => response.ok,
        () => false,
      );
      if (alive) return;
      if (this.#process.exitCode !== null) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    await this.stop();
    throw new Error(`VS Code's server did not start:\n${this.log}`);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/** The suites decide what the extension host sees: nothing of an outer VS Code or agent may leak into it. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'TZ', 'SHELL'];
  const inherited = kept.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return { ...Object.fromEntries(inherited), ...extra };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
