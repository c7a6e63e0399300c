import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SourceFile, sourcesBelow } from './sources.ts';

/** Rooms of the house. A file belongs to the first room whose prefix it has. */
const rooms = [
  ['core', 'src/core/'],
  ['ports', 'src/ports.ts'],
  ['guard', 'src/guard.ts'],
  ['guard', 'src/settling.ts'],
  ['guard', 'src/holding.ts'],
  ['guard', 'src/adopting.ts'],
  ['guard', 'src/firstLook.ts'],
  ['guard', 'src/severalAtOnce.ts'],
  ['guard', 'src/judging.ts'],
  ['guard', 'src/choosing.ts'],
  ['guard', 'src/recording.ts'],
  ['guard', 'src/returns.ts'],
  ['guard', 'src/widening.ts'],
  ['content', 'src/content.ts'],
  ['store', 'src/store/'],
  ['disk', 'src/disk/'],
  ['agents', 'src/agents/'],
  ['setup', 'src/setup/'],
  ['editor', 'src/editor/'],
  ['cli', 'src/cli/'],
] as const;

/** What each room may import. `node:` stands for all of Node, a package for itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: ['core', 'yaml', 'diff', 'minimatch', 'valibot', 'unbash', '@cfworker/json-schema'],
  ports: ['core'],
  content: ['core'],
  guard: ['core', 'ports', 'content', 'guard'],
  store: ['core', 'ports', 'store', 'node:', 'proper-lockfile'],
  disk: ['core', 'ports', 'content', 'disk', 'store', 'node:'],
  agents: ['core', 'agents', 'jsonc-parser'],
  setup: [
    'core',
    'content',
    'ports',
    'store',
    'disk',
    'agents',
    'setup',
    'node:',
    'smol-toml',
    'jsonc-parser',
  ],
  editor: [
    'core',
    'ports',
    'content',
    'guard',
    'store',
    'disk',
    'agents',
    'setup',
    'editor',
    'node:',
    'vscode',
  ],
  cli: ['core', 'ports', 'content', 'guard', 'store', 'disk', 'agents', 'setup', 'cli', 'node:', 'diff'],
};

/** Inside the core the stages follow one another; each may import itself and what stands before it. */
const stages = [
  'printable',
  'model',
  'secretNames',
  'redact',
  'diff',
  'scope',
  'salvage',
  'commands',
  'verdict',
];

const sources = sourcesBelow('src');

test('every source file has a room', () => {
  assert.ok(sources.length > 20);
  assert.deepEqual(
    sources.map(({ path }) => path).filter((path) => roomOf(path) === undefined),
    [],
  );
});

test('an import points only where an arrow allows it', () => {
  assert.deepEqual(sources.flatMap(forbiddenImports), []);
});

test('the stages of the core follow one another', () => {
  const wrong = sources.filter(({ path }) => path.startsWith('src/core/')).flatMap(backwardImports);
  assert.deepEqual(wrong, []);
});

test('no file imports itself in a circle', () => {
  assert.deepEqual(cycles(), []);
});

test('the core and the guard know no clock, no chance and no console', () => {
  const impure = /\bDate\.now\b|\bnew Date\(|\bMath\.random\b|\bperformance\.|\bconsole\./;
  const wrong = sources.filter(
    ({ path, text }) => ['core', 'guard'].includes(roomOf(path) ?? '') && impure.test(text),
  );
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  );
});

test('one file only builds globs, and one only validates by a schema', () => {
  const importersOf = (name: string) =>
    sources.filter(({ imports }) => imports.some(({ target }) => target === name)).map(({ path }) => path);
  assert.deepEqual(importersOf('minimatch'), ['src/core/verdict/match.ts']);
  assert.deepEqual(importersOf('@cfworker/json-schema'), ['src/core/model/compose/validation/schema.ts']);
});

function roomOf(path: string): string | undefined {
  return rooms.find(([, prefix]) => path.startsWith(prefix))?.[0];
}

/** One folder of the command line alone speaks MCP, so that nothing else loads what that takes. */
const mcpFolder = 'src/cli/mcp/';
const mcpPackages = ['@modelcontextprotocol/server', '@modelcontextprotocol/server/stdio', 'zod'];

function forbiddenImports({ path, imports }: SourceFile): string[] {
  const allowed = [...(arrows[roomOf(path) ?? ''] ?? []), ...(path.startsWith(mcpFolder) ? mcpPackages : [])];
  return imports
    .filter(({ target }) => !allowed.includes(roomOf(target) ?? packageOf(target)))
    .map(({ target }) => `${path} → ${target}`);
}

function packageOf(target: string): string {
  return target.startsWith('node:') ? 'node:' : target;
}

function stageOf(path: string): number {
  const name = path.split('/')[2]?.replace('.ts', '') ?? '';
  return stages.indexOf(name);
}

function backwardImports({ path, imports }: SourceFile): string[] {
  return imports
    .filter(({ target }) => target.startsWith('src/core/') && stageOf(target) > stageOf(path))
    .map(({ target }) => `${path} → ${target}`);
}

function cycles(): string[] {
  const edges = new Map(sources.map(({ path, imports }) => [path, imports.map(({ target }) => target)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || done.has(path)) return;
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
