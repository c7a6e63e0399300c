import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite } from './bundle.ts';
import type { Editor } from './server.ts';

const TEST_EXTENSION = 'infrahold-test.suites-1.0.0';

/**
 * Fills an extensions folder: the VSIX under test, installed by VS Code itself (once for each VSIX, since that
 * takes a process of its own), and the test extension.
 */
export function fillExtensions(
  folder: string,
  suite: Suite,
  editor: Editor,
  cache: string,
  vsix?: string,
): void {
  if (vsix !== undefined) cpSync(installed(editor, cache, vsix), folder, { recursive: true });
  mkdirSync(folder, { recursive: true });
  writeTestExtension(join(folder, TEST_EXTENSION), suite);
  const index = join(folder, 'extensions.json');
  const entries = existsSync(index) ? JSON.parse(readFileSync(index, 'utf8')) : [];
  const located = entries.map((entry: Entry) => locate(entry, folder));
  const own = {
    identifier: { id: 'infrahold-test.suites' },
    version: '1.0.0',
    relativeLocation: TEST_EXTENSION,
  };
  writeFileSync(index, JSON.stringify([...located, locate(own, folder)]));
}

interface Entry {
  readonly relativeLocation: string;
}

/** VS Code notes absolute paths, which are wrong after the folder was copied. */
const locate = <E extends Entry>(entry: E, folder: string) => ({
  ...entry,
  location: { $mid: 1, path: join(folder, entry.relativeLocation), scheme: 'file' },
});

/** The folder in which this VS Code has installed the extension. */
export function installed(editor: Editor, cache: string, vsix: string): string {
  const digest = createHash('sha256')
    .update(readFileSync(vsix))
    .update(editor.version)
    .digest('hex')
    .slice(0, 16);
  const folder = join(cache, 'vsix', digest);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial-${process.pid}`;
  const data = `${partial}-data`;
  const folders = [
    '--extensions-dir',
    partial,
    '--user-data-dir',
    data,
    '--config',
    join(data, 'server.yaml'),
  ];
  execFileSync(editor.node, [editor.entry, ...folders, '--install-extension', vsix], { stdio: 'pipe' });
  rmSync(data, { recursive: true, force: true });
  renameSync(partial, folder);
  return folder;
}

/** The manifest is written here and not kept as a file: it is no extension anybody may install. */
export function writeTestExtension(folder: string, suite: Suite): void {
  mkdirSync(folder, { recursive: true });
  cpSync(suite.bundle, join(folder, 'main.js'));
  const manifest = {
    name: 'suites',
    publisher: 'infrahold-test',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    activationEvents: ['onStartupFinished'],
    main: './main.js',
    contributes: {
      ...suite.fixture.contributes,
      languageModelChatProviders: [{ vendor: 'scripted', displayName: 'Scripted' }],
    },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
}
