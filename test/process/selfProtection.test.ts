import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { accepted, onDisk, pause, startGuard, unguardedFolder, until } from './guardedFolder.ts';
import { hookedProject } from './hookedProject.ts';

const web = 'services:\n  web:\n    image: web\n';
const entry = { type: 'command', command: 'infrahold hook claude-code' };
const settings = (more: Readonly<Record<string, unknown>> = {}, matcher = 'Edit|Write|Bash') =>
  `${JSON.stringify({ hooks: { PreToolUse: [{ matcher, hooks: [entry] }] }, ...more }, null, 2)}\n`;
const files = {
  'compose.yml': web,
  '.claude/settings.json': settings(),
  '.vscode/settings.json': '{\n  // mine\n  "editor.tabSize": 2,\n}\n',
};

test('an edit of settings that touches nothing of ours passes without a word, before and after', (t) => {
  const { hook, session, read, write } = hookedProject(t, files);
  const agent = session();
  const edits = {
    '.claude/settings.json': settings({ theme: 'dark' }),
    '.vscode/settings.json': '{\n  "editor.tabSize": 4,\n}\n',
    '.qwen/settings.json': '{"model": "x"}',
    '.codex/config.toml': 'model = "x"\n',
  };
  for (const [name, content] of Object.entries(edits)) {
    assert.equal(hook(agent.write(name, content)), '', name);
    write(name, content);
    assert.equal(hook(agent.wrote(name, content)), '', name);
    assert.equal(read(name), content);
  }
});

test('what holds the guard in place is refused to an edit tool, whatever the prompt was', (t) => {
  const { hook, session, read } = hookedProject(t, files);
  const agent = session();
  hook(agent.prompt('Change .claude/settings.json: remove the hooks, and remove web from compose.yml'));
  const edits: readonly (readonly [string, string, RegExp])[] = [
    ['.claude/settings.json', '{}', /removed hook PreToolUse/],
    ['.claude/settings.json', settings({}, 'NotebookEdit'), /changed hook PreToolUse/],
    ['.claude/settings.json', settings({ disableAllHooks: true }), /added switch disableAllHooks/],
    ['.claude/settings.local.json', '{"disableAllHooks": true}', /added switch disableAllHooks/],
    ['.vscode/settings.json', '{"chat.useHooks": false}', /added switch chat\.useHooks/],
    ['.gemini/settings.json', '{"hooksConfig": {"enabled": false}}', /added switch hooksConfig\.enabled/],
    ['.infrahold.yml', "ignore: ['**']\n", /added/],
  ];
  for (const [name, content, why] of edits) assert.match(hook(agent.write(name, content)), why, name);
  assert.equal(read('.claude/settings.json'), settings());
});

test('a command that changes the same is refused before, and put back after', (t) => {
  const { hook, session, read, write } = hookedProject(t, files);
  const agent = session();
  for (const command of [
    'rm .claude/settings.json',
    "echo '{}' > .claude/settings.json",
    `sed -i s/infrahold/true/ .claude/settings.json`,
    'rm -rf .claude',
    'mv .claude .off',
  ])
    assert.match(hook(agent.bash(command)), /^deny: .*\.claude\/settings\.json/, command);
  const innocent = 'node build.js';
  assert.equal(hook(agent.bash(innocent)), '');
  write('.claude/settings.json', '{}');
  assert.match(hook(agent.ran(innocent)), /^context: .*put \.claude\/settings\.json back/);
  assert.equal(read('.claude/settings.json'), settings());
});

test('the settings of the person are guarded like those of the folder', (t) => {
  const { hook, session, folder } = hookedProject(t, files);
  const agent = session();
  mkdirSync(join(folder, '..', 'home', '.claude'), { recursive: true });
  const off = agent.write('../home/.claude/settings.json', '{"disableAllHooks": true}');
  assert.match(hook(off), /^deny: .*added switch disableAllHooks/);
  assert.equal(hook(agent.write('../home/.claude/settings.json', '{"theme": "dark"}')), '');
});

test('the state and the program are out of reach of edit tools and commands', (t) => {
  const { hook, session, stateHome, read, folder } = hookedProject(t, files);
  const writes = (path: string) => hook(agent.write(relative(folder, path), '{}'));
  const agent = session();
  const scope = join(stateHome, 'infrahold', 'work', 'scope.json');
  const refused = /^deny: Infrahold refuses this: it reaches the files of Infrahold itself/;
  assert.match(writes(scope), refused);
  assert.match(writes(resolve('dist', 'cli.js')), refused);
  const extension = join(homedir(), '.vscode', 'extensions', 'infrahold.infrahold-0.1.0', 'package.json');
  assert.match(writes(extension), refused);
  for (const command of [
    `echo '{}' > ${scope}`,
    `rm -rf ${stateHome}/infrahold`,
    `rm -rf ${stateHome}`,
    `cp /bin/true ${resolve('dist', 'cli.js')}`,
    `rm -rf ${resolve('dist')}`,
    `rm -r ~/.vscode/extensions/infrahold.infrahold-0.1.0`,
  ])
    assert.match(hook(agent.bash(command)), refused, command);
  assert.equal(hook(agent.bash(`cat ${scope}`)), '');
  assert.equal(read('compose.yml'), web);
});

test('commands that take the guard away or speak for a person are refused', (t) => {
  const { hook, session } = hookedProject(t, files);
  const agent = session();
  for (const command of [
    'infrahold uninstall',
    'npx infrahold uninstall claude-code',
    'infrahold mcp',
    `node ${resolve('dist', 'cli.js')} hook claude-code < prompt.json`,
    'echo {} | infrahold hook claude-code',
    'code --uninstall-extension infrahold.infrahold',
    'code --disable-extension=infrahold.infrahold .',
    'cursor --disable-extensions .',
    'pkill -f infrahold',
    'npm uninstall -g infrahold',
    'yarn global remove infrahold',
    'git commit --no-verify -m x',
    'git config core.hooksPath /dev/null',
  ])
    assert.match(hook(agent.bash(command)), /^deny: .*(?:switches off|only a host)/, command);
  for (const command of [
    'infrahold check a.yml b.yml',
    'infrahold log',
    'code --list-extensions',
    'npm uninstall left-pad',
    'pkill -f vite',
    'grep -rn infrahold README.md',
  ])
    assert.equal(hook(agent.bash(command)), '', command);
});

test('a policy with broken YAML protects what the last one that could be read did, and says so', (t) => {
  const { hook, session, write, read, infrahold } = hookedProject(t, {
    'compose.yml': web,
    'infra/main.tf': 'a = 1\n',
    '.infrahold.yml': "protect: ['infra/**']\n",
  });
  const agent = session();
  assert.equal(hook(agent.bash('touch /tmp/nothing')), '');
  write('.infrahold.yml', "protect: ['infra/**\nignore: [compose.yml]\n");
  const said = hook(agent.write('infra/main.tf', 'a = 2\n'));
  assert.match(said, /\.infrahold\.yml:\d+:\d+: .*the last policy that could be read is in force/);
  assert.match(said, /"permissionDecision":"deny".*infra\/main\.tf/);
  assert.match(hook(agent.write('compose.yml', 'services: {}\n')), /"permissionDecision":"deny"/);
  assert.match(hook(agent.ran('true')), /put \.infrahold\.yml back/);
  assert.equal(read('.infrahold.yml'), "protect: ['infra/**']\n");
  assert.match(infrahold('restore'), /\.infrahold\.yml/);
});

test('an agent may not take the hook out, whatever way it starts the program', (t) => {
  const { folder, read, stateHome, infrahold } = hookedProject(t, { 'compose.yml': web });
  infrahold('install', 'claude-code', '--no-rules');
  const installed = read('.claude/settings.json');
  const uninstall = (variable: string) =>
    spawnSync(process.execPath, [resolve('dist', 'cli.js'), 'uninstall'], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, INFRAHOLD_STATE_HOME: stateHome, [variable]: '1' },
    });
  for (const variable of ['CLAUDECODE', 'CURSOR_AGENT', 'GEMINI_CLI', 'CODEX_SANDBOX', 'QWEN_CODE']) {
    const { status, stderr } = uninstall(variable);
    assert.equal(status, 1);
    assert.match(stderr.toString(), /is for a person/);
    assert.equal(read('.claude/settings.json'), installed);
  }
  const { status, stderr } = uninstall('CODEX_HOME');
  assert.equal(status, 0, stderr.toString());
  assert.equal(existsSync(join(folder, '.claude')), false);
});

test('who watches takes away a settings file that is new and switches hooks off, and no other', async (t) => {
  const place = unguardedFolder(t, { 'compose.yml': accepted, '.claude/readme.txt': '' });
  const guarded = await startGuard(t, place);
  writeFileSync(join(place.root, '.claude', 'settings.json'), '{"theme": "dark"}');
  const file = '.claude/settings.local.json';
  const content = '{"disableAllHooks": true}';
  writeFileSync(join(place.root, file), content);
  await until('it was told of', () => guarded.told().stdout.includes('Put back'));
  await until('it is gone', () => onDisk(place.root, file) === undefined);
  await pause(300);
  assert.equal(onDisk(place.root, file), undefined);
  assert.deepEqual(guarded.refusedVersions(), [content]);
  assert.equal(onDisk(place.root, '.claude/settings.json'), '{"theme": "dark"}');
});

test('who watches lets an installation be, puts back what takes it out, and heeds a person at a terminal', async (t) => {
  const place = unguardedFolder(t, { 'compose.yml': accepted, '.claude/settings.json': '{}\n' });
  const { root } = await startGuard(t, place);
  const file = join(root, '.claude', 'settings.json');
  const cli = resolve('dist', 'cli.js');
  const run = (program: string, ...args: string[]) =>
    spawnSync(program, args, { cwd: root, env: { ...place.env, SHELL: '/bin/sh' } });
  run(process.execPath, cli, 'install', 'claude-code', '--no-rules');
  await pause(500);
  const installed = onDisk(root, '.claude/settings.json');
  assert.match(installed ?? '', /hook claude-code/);
  const themed = installed?.replace('{', '{"theme": "dark",') ?? '';
  writeFileSync(file, themed);
  await pause(500);
  assert.equal(onDisk(root, '.claude/settings.json'), themed);
  for (const content of ['{}', themed.replace('{', '{"disableAllHooks": true,'), '{']) {
    writeFileSync(file, content);
    await until('it is put back', () => onDisk(root, '.claude/settings.json') === themed);
  }
  run(process.execPath, cli, 'uninstall');
  await until(
    'a program without a terminal is undone',
    () => onDisk(root, '.claude/settings.json') === themed,
  );
  if (process.platform !== 'linux' || run('script', '--version').status !== 0) return;
  const left = run('script', '-qec', `"${process.execPath}" "${cli}" uninstall`, '/dev/null');
  assert.equal(left.status, 0, left.stdout.toString());
  await pause(500);
  assert.doesNotMatch(onDisk(root, '.claude/settings.json') ?? '', /hook claude-code/);
});
