import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const file = 'docker-compose.yml';

/** A temporary folder with the incident's stack committed in it, a state of its own, and the programs that act there. */
export async function openStage(root) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-demo-')));
  const folder = join(base, 'l9');
  const stateHome = join(base, 'state');
  const incident = (name) => readFileSync(join(root, 'test', 'cases', 'incident', name));
  const before = incident(file);
  mkdirSync(folder);
  mkdirSync(stateHome);
  writeFileSync(join(folder, file), before);
  commitAll(folder);
  const env = { ...process.env, INFRAHOLD_STATE_HOME: stateHome };
  const cli = join(root, 'dist', 'cli.js');
  const infrahold = (...args) => spawnSync(process.execPath, [cli, ...args], { cwd: folder, env });
  const path = join(folder, file);
  const watch = watchIn(cli, folder, env);
  return {
    file,
    before,
    aiEdit: incident('ai-edit.yml'),
    askedFor: incident('asked-for.yml'),
    request: incident('request.txt').toString(),
    infrahold,
    read: () => readFileSync(path),
    declare: async (request) => (await declareBundle(root)).declareScope(folder, file, request, stateHome),
    hook: (text) => answerTo(cli, folder, env, path, text),
    shellWrite: (bytes) => writeFromOutside(path, bytes),
    untilPutBack: (writtenAt, bytes) => untilPutBack(path, writtenAt, bytes),
    /** Long enough for a guard that had an objection. */
    settled: () => delay(600),
    salvage: (refused, request) => {
      writeFileSync(join(base, 'refused.yml'), refused);
      const { stdout } = infrahold('salvage', file, join(base, 'refused.yml'), '--request', request);
      return stdout;
    },
    diff: (one, other) => diffOf(base, one, other),
    startWatch: watch.start,
    watchSays: watch.says,
    stopWatch: watch.stop,
    close: async () => {
      await watch.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** The folder's history begins with the stack as it was. */
function commitAll(folder) {
  const who = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.invalid', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['init', '--quiet', '.'], { cwd: folder, stdio: 'ignore' });
  execFileSync('git', ['add', '--all'], { cwd: folder, stdio: 'ignore' });
  execFileSync('git', [...who, 'commit', '--quiet', '--no-verify', '-m', 'The stack'], {
    cwd: folder,
    stdio: 'ignore',
  });
}

/** The payload of an agent's tool that is about to write the whole file, and what the hook answers. */
function answerTo(cli, folder, env, path, text) {
  const payload = {
    session_id: 'demo',
    cwd: folder,
    hook_event_name: 'PreToolUse',
    tool_name: 'Write',
    tool_input: { file_path: path, content: text.toString() },
  };
  const clean = { ...env, CLAUDE_PROJECT_DIR: folder };
  const { stdout } = spawnSync(process.execPath, [cli, 'hook', 'claude-code'], {
    cwd: folder,
    env: clean,
    input: JSON.stringify(payload),
  });
  return stdout.length === 0 ? undefined : JSON.parse(stdout.toString());
}

/** Another process writes in place, as `cat >` does, and tells when its write was done. */
async function writeFromOutside(path, bytes) {
  const script =
    'const fs = require("node:fs"); fs.writeFileSync(process.argv[1], fs.readFileSync(0)); console.log(Date.now());';
  const child = spawn(process.execPath, ['-e', script, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(bytes);
  const [line] = await once(child.stdout, 'data');
  return Number(line.toString());
}

/** Milliseconds from the write until the file holds these bytes again; `undefined` when it does not within 5 s. */
async function untilPutBack(path, writtenAt, bytes) {
  while (Date.now() - writtenAt < 5_000) {
    if (Buffer.compare(readFileSync(path), bytes) === 0) return Date.now() - writtenAt;
    await delay(1);
  }
  return undefined;
}

function watchIn(cli, folder, env) {
  let child;
  let output = '';
  const says = async (words) => {
    for (let waited = 0; !output.includes(words) && waited < 5_000; waited += 20) await delay(20);
    const told = output;
    output = '';
    return told;
  };
  return {
    says,
    start: async () => {
      child = spawn(process.execPath, [cli, 'watch'], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      const told = await says('Ctrl+C ends');
      if (!told.includes('Guarding 1 protected file'))
        throw new Error(`infrahold watch did not start: ${told}`);
    },
    stop: async () => {
      if (child === undefined || child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function diffOf(base, one, other) {
  writeFileSync(join(base, 'before.yml'), one);
  writeFileSync(join(base, 'kept.yml'), other);
  const colour = process.stdout.isTTY && !process.env.NO_COLOR ? 'always' : 'never';
  const args = [
    'diff',
    '--no-index',
    '--no-ext-diff',
    `--color=${colour}`,
    '--unified=1',
    'before.yml',
    'kept.yml',
  ];
  const { stdout } = spawnSync('git', args, { cwd: base });
  return stdout.toString().split('\n').slice(4).join('\n');
}

/** The scope is declared by the project's own code, bundled for this one use. */
async function declareBundle(root) {
  const { build } = await import('esbuild');
  const outfile = join(root, '.test-build', 'demo', 'declare.mjs');
  await build({
    entryPoints: [join(root, 'test', 'demo', 'declare.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
