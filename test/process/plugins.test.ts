import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { clinePlugin } from '../../src/agents/plugins/cline.ts';
import type { HookProgram } from '../../src/agents/plugins/hookProcess.ts';
import { opencodePlugin } from '../../src/agents/plugins/opencode.ts';

const compose = 'docker-compose.yml';
const before = readFileSync(join('test', 'cases', 'incident', compose), 'utf8');

/** The texts as modules, called as their hosts call them; the hook is the built command line. */
interface Loaded {
  readonly folder: string;
  /** The reason of a no, `undefined` where the tool may run. */
  beforeTool(tool: string, input: unknown): Promise<string | undefined>;
  /** What the model is given to read after a tool. */
  afterTool(tool: string, input: unknown): Promise<string | undefined>;
  /** Settles when the host could go on with the prompt. */
  prompt(text: string): Promise<void>;
}

const hosts: Readonly<
  Record<string, { readonly tool: string; load(t: TestContext, program: HookProgram): Promise<Loaded> }>
> = {
  opencode: { tool: 'write', load: loadOpencode },
  cline: { tool: 'editor', load: loadCline },
};

for (const [host, { tool, load }] of Object.entries(hosts)) {
  const input = (path: string) =>
    tool === 'write' ? { filePath: path, content: 'services: {}\n' } : { path, new_text: 'services: {}\n' };

  test(`${host}: the plugin refuses with the hook's reason, and lets pass what is nobody's concern`, async (t) => {
    const { folder, beforeTool, prompt, afterTool } = await load(t, hook(t));
    await prompt('Look at the compose file');
    assert.match(
      (await beforeTool(tool, input(join(folder, compose)))) ?? '',
      /^Infrahold holds this edit of docker/,
    );
    assert.equal(await beforeTool(tool, input(join(folder, 'notes.md'))), undefined);
    assert.equal(await beforeTool('read', { filePath: join(folder, compose) }), undefined);
    assert.equal(await afterTool('read', { filePath: join(folder, compose) }), undefined);
    assert.equal(readFileSync(join(folder, compose), 'utf8'), before);
  });

  const broken: Readonly<Record<string, (t: TestContext) => HookProgram>> = {
    'is not there': () => ({ program: '/nowhere/infrahold', args: [] }),
    crashes: (t) => script(t, 'throw new Error("broken")'),
    'ends with a code': (t) => script(t, 'process.exitCode = 3'),
    'answers with what is no JSON': (t) => script(t, 'console.log("fine, go ahead")'),
    'answers with half of one': (t) => script(t, 'process.stdout.write(\'{"decision":"de\')'),
    'answers in words of another host': (t) => script(t, 'console.log(\'{"permissionDecision":"allow"}\')'),
    'answers nothing that counts': (t) => script(t, 'console.log("null")'),
  };

  for (const [how, program] of Object.entries(broken)) {
    test(`${host}: a hook that ${how} means no, and neither a prompt nor a tool that has run is disturbed`, async (t) => {
      const { folder, beforeTool, prompt, afterTool } = await load(t, program(t));
      assert.match(
        (await beforeTool(tool, input(join(folder, 'notes.md')))) ?? '',
        /^Infrahold could not judge this/,
      );
      await prompt('Look at the compose file');
      assert.equal(await afterTool(tool, input(join(folder, 'notes.md'))), undefined);
    });
  }

  test(`${host}: what the hook tells after a tool reaches the model`, async (t) => {
    const { folder, afterTool } = await load(t, script(t, 'console.log(\'{"context":"It was put back."}\')'));
    assert.match((await afterTool(tool, input(join(folder, compose)))) ?? '', /It was put back\./);
  });
}

test('cline: a hook that hangs is ended within the time that Cline gives, and means no', async (t) => {
  const pidFile = join(mkdtempSync(join(tmpdir(), 'infrahold-pid-')), 'pid');
  t.after(() => rmSync(join(pidFile, '..'), { recursive: true, force: true }));
  const hanging = `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const { folder, beforeTool } = await loadCline(t, script(t, hanging));
  const late = new Promise<string>((done) => setTimeout(() => done('too late'), 3_000).unref());
  const reason = await Promise.race([beforeTool('editor', { path: join(folder, 'a'), new_text: '' }), late]);
  assert.equal(reason, 'Infrahold could not judge this, so it is held: no answer within 2.3 s');
  // On a busy machine it can be ended before it has come to write its number.
  if (!existsSync(pidFile)) return;
  const isAlive = () => {
    try {
      return process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    } catch {
      return false;
    }
  };
  for (let tries = 0; tries < 100 && isAlive(); tries++) await new Promise((done) => setTimeout(done, 50));
  assert.equal(isAlive(), false);
});

test('opencode: a subagent speaks in the session of the person, and not in their name', async (t) => {
  const log = join(mkdtempSync(join(tmpdir(), 'infrahold-log-')), 'log');
  t.after(() => rmSync(join(log, '..'), { recursive: true, force: true }));
  const noting = `process.stdin.on('data', (data) => require('node:fs').appendFileSync(${JSON.stringify(log)}, data + '\\n'))`;
  const plugin = await opencode(t, script(t, noting));
  const created = (info: object) =>
    plugin.event({ event: { type: 'session.created', properties: { info } } });
  await created({ id: 'ses_1' });
  await created({ id: 'ses_2', parentID: 'ses_1' });
  await created({ id: 'ses_3', parentID: 'ses_2' });
  for (const sessionID of ['ses_1', 'ses_3', 'ses_old', 'ses_lost']) {
    await plugin['chat.message']({ sessionID }, { parts: [{ type: 'text', text: 'x' }] });
  }
  const sent = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    sent.map(({ session_id, parent_id }) => [session_id, parent_id]),
    [
      ['ses_1', undefined],
      ['ses_1', 'ses_2'],
      ['ses_old', undefined],
      ['ses_lost', 'unknown'],
    ],
  );
});

test('the program and its arguments are named as data, whatever is in them', async (t) => {
  const plugin = await loadOpencode(t, { program: '/no "quotes"/`$x`\\n', args: ["it's", '\u2028'] });
  assert.match((await plugin.beforeTool('write', {})) ?? '', /could not judge/);
});

function hook(t: TestContext): HookProgram {
  const state = mkdtempSync(join(tmpdir(), 'infrahold-plugin-state-'));
  t.after(() => rmSync(state, { recursive: true, force: true }));
  const given = process.env.INFRAHOLD_STATE_HOME;
  process.env.INFRAHOLD_STATE_HOME = state;
  t.after(() => {
    if (given === undefined) delete process.env.INFRAHOLD_STATE_HOME;
    else process.env.INFRAHOLD_STATE_HOME = given;
  });
  return { program: process.execPath, args: [resolve('dist', 'cli.js')] };
}

function script(t: TestContext, text: string): HookProgram {
  const folder = mkdtempSync(join(tmpdir(), 'infrahold-script-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'hook.cjs'), text);
  return { program: process.execPath, args: [join(folder, 'hook.cjs')] };
}

/** Writes the text where a host would find it, beside a project, and loads it. */
async function loaded(t: TestContext, text: string) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-plugin-')));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  const folder = join(base, 'work');
  mkdirSync(folder);
  writeFileSync(join(folder, compose), before);
  const file = join(base, 'plugin.mjs');
  writeFileSync(file, text);
  return { folder, module: await import(pathToFileURL(file).href) };
}

async function opencode(t: TestContext, program: HookProgram) {
  const { folder, module } = await loaded(t, opencodePlugin(program));
  const client = {
    session: {
      get: async ({ path }: { path: { id: string } }) =>
        path.id === 'ses_lost' ? { error: 'not found' } : { data: { id: path.id } },
    },
  };
  return { folder, ...(await module.Infrahold({ client, directory: folder, worktree: folder })) };
}

async function loadOpencode(t: TestContext, program: HookProgram): Promise<Loaded> {
  const plugin = await opencode(t, program);
  return {
    folder: plugin.folder,
    beforeTool: (tool, args) =>
      plugin['tool.execute.before']({ tool, sessionID: 'ses_1', callID: 'c' }, { args }).then(
        () => undefined,
        ({ message }: Error) => message,
      ),
    afterTool: async (tool, args) => {
      const output = { title: '', output: 'done', metadata: {} };
      await plugin['tool.execute.after']({ tool, sessionID: 'ses_1', callID: 'c', args }, output);
      return output.output === 'done' ? undefined : output.output;
    },
    prompt: (text) => plugin['chat.message']({ sessionID: 'ses_1' }, { parts: [{ type: 'text', text }] }),
  };
}

async function loadCline(t: TestContext, program: HookProgram): Promise<Loaded> {
  const { folder, module } = await loaded(t, clinePlugin(program));
  const { plugin } = module;
  assert.equal(module.default, plugin);
  assert.deepEqual(plugin.manifest, { capabilities: ['hooks'] });
  plugin.setup({}, { workspaceInfo: { rootPath: folder } });
  const snapshot = { agentId: 'a', conversationId: 'c', runId: 'r', iteration: 1, messages: [] };
  const call = (toolName: string, input: unknown) => ({
    snapshot,
    tool: { name: toolName },
    toolCall: { toolName, toolCallId: 'call-1', input },
    input,
  });
  return {
    folder,
    beforeTool: async (tool, input) => {
      const result = await plugin.hooks.beforeTool(call(tool, input));
      if (result !== undefined) assert.equal(result.skip, true);
      return result?.reason;
    },
    afterTool: async (tool, input) => (await plugin.hooks.afterTool(call(tool, input)))?.appendContext,
    prompt: async (text) => {
      const messages = [{ role: 'user', content: [{ type: 'text', text }] }];
      assert.equal(await plugin.hooks.beforeModel({ snapshot: { ...snapshot, messages } }), undefined);
    },
  };
}
