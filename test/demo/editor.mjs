import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { codeServer, VERSIONS } from '../setup/codeServer.mjs';

/**
 * The incident in a real VS Code, served on 127.0.0.1, to click through: the stack is open, the extension is
 * installed, and every press of Enter in this terminal writes the AI's edit into the file as an agent would.
 */
export async function playInEditor(root) {
  execFileSync(process.execPath, [join(root, 'test', 'setup', 'pack.mjs')], { cwd: root, stdio: 'inherit' });
  const editor = await codeServer(Object.keys(VERSIONS)[0]);
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-demo-')));
  const folder = join(base, 'l9');
  const { before, aiEdit, request } = prepare(root, base, folder);
  const server = await serve(root, editor, base);
  console.log(`
Open   ${server.url}/?folder=${encodeURIComponent(folder)}

  1. docker-compose.yml is protected: see its badge, and the status bar.
  2. Run "Infrahold: Declare Scope…" and give it the request:
     ${request}
  3. Press Enter here: the AI's edit is written into the file, as an agent does that saves past the editor.
  4. Choose: Review, Keep only what was asked, Approve… or Put back.

Enter plays the AI's edit, "r" and Enter sets the file back, "q" and Enter (or Ctrl+C) ends.`);
  await play(join(folder, 'docker-compose.yml'), before, aiEdit);
  await server.stop();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  return 0;
}

function prepare(root, base, folder) {
  const incident = (name) => readFileSync(join(root, 'test', 'cases', 'incident', name), 'utf8');
  const before = incident('docker-compose.yml');
  const settings = {
    'workbench.startupEditor': 'none',
    'telemetry.telemetryLevel': 'off',
    'files.autoSave': 'off',
  };
  mkdirSync(join(base, 'data', 'User'), { recursive: true });
  mkdirSync(folder);
  writeFileSync(join(base, 'data', 'User', 'settings.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'docker-compose.yml'), before);
  cpSync(join(root, 'test', 'cases', 'incident', 'ai-edit.yml'), join(folder, 'the-ai-wrote.txt'));
  return { before, aiEdit: incident('ai-edit.yml'), request: incident('request.txt').trim() };
}

async function serve(root, editor, base) {
  const extensions = join(base, 'extensions');
  const folders = ['--extensions-dir', extensions, '--user-data-dir', join(base, 'data')];
  const config = ['--config', join(base, 'server.yaml')];
  const vsix = join(root, 'dist', 'infrahold.vsix');
  execFileSync(editor.node, [editor.entry, ...folders, ...config, '--install-extension', vsix], {
    stdio: 'pipe',
  });
  const { build } = await import('esbuild');
  const outfile = join(root, '.test-build', 'demo', 'server.mjs');
  const entry = join(root, 'test', 'vscode', 'runner', 'server.ts');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const { VsCodeServer } = await import(pathToFileURL(outfile).href);
  const env = { HOME: base, XDG_STATE_HOME: join(base, 'state') };
  return VsCodeServer.start(editor, { home: base, extensions, env });
}

/** Each line that a person enters is one act; the end of the input, or Ctrl+C, ends the play. */
async function play(file, before, aiEdit) {
  const lines = createInterface({ input: process.stdin });
  process.once('SIGINT', () => lines.close());
  for await (const line of lines) {
    if (line.trim() === 'q') break;
    writeFileSync(file, line.trim() === 'r' ? before : aiEdit);
    console.log(
      line.trim() === 'r' ? 'Wrote the stack as it was.' : "Wrote the AI's edit. Look at the editor.",
    );
  }
}
