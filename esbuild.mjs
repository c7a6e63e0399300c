import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const production = process.argv.includes('--production');

/** By itself the bundler would take the build of this package that hides what it imports from it. */
const jsonc = fileURLToPath(new URL('node_modules/jsonc-parser/lib/esm/main.js', import.meta.url));

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  // Node reads a text of one byte a letter faster, and keeps it in half the memory.
  charset: 'ascii',
  metafile: true,
  outdir: 'dist',
  alias: { 'jsonc-parser': jsonc },
  logLevel: 'warning',
};

/** The extension in two phases: the first is tiny and loads the second when there is something to guard. */
const extension = {
  ...shared,
  format: 'cjs',
  external: ['vscode'],
  entryPoints: { extension: 'src/editor/extension.ts' },
};

/** Most files are read without this package, the largest of all: it lies in a file that is loaded with its first use. */
const parser = { ...shared, format: 'cjs', entryPoints: { yaml: 'yaml' } };
const parserPath = '../yaml.js';
/** So does what of Node itself takes long to load and is often not needed. */
const loadedLater = [parserPath, 'node:crypto', 'node:timers/promises', 'node:child_process', 'node:net'];
const parserApart = {
  name: 'parser-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^yaml$/ }, () => ({ path: parserPath, external: true }));
  },
};

/** The second phase is cut into chunks, so that what only a request, a policy or a choice needs is loaded for that. */
const session = {
  ...shared,
  format: 'esm',
  splitting: true,
  write: false,
  sourcemap: production ? false : 'inline',
  external: ['vscode'],
  plugins: [parserApart],
  outdir: 'dist/editor',
  entryPoints: ['session', 'protectAgents', 'leftLocks', 'uninstall'].map((name) => `src/editor/${name}.ts`),
};

/**
 * The command line in two phases as well, behind a door that only says where compiled code is kept. What decides that a
 * hook's file is none of ours starts as fast as a script can; all the rest is cut into chunks, so that each command
 * loads what it needs and nothing else.
 */
const door = { ...shared, ...lazily('./cli/'), format: 'cjs', entryPoints: { cli: 'src/cli/bin.ts' } };
const firstPhase = {
  ...shared,
  ...lazily('./'),
  format: 'cjs',
  outdir: 'dist/cli',
  entryPoints: { main: 'src/cli/main.ts' },
};

/** What is imported when it is needed lies in files of their own, in this folder. */
function lazily(folder) {
  const setup = ({ onResolve }) => {
    onResolve({ filter: /^\.\/\w+\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: path.replace(/^\.\/(\w+)\.ts$/, `${folder}$1.js`), external: true }
        : undefined,
    );
  };
  return { supported: { 'dynamic-import': false }, plugins: [{ name: 'lazily', setup }] };
}

const secondPhase = {
  ...shared,
  format: 'esm',
  splitting: true,
  write: false,
  sourcemap: production ? false : 'inline',
  plugins: [parserApart],
  outdir: 'dist/cli',
  entryPoints: { commands: 'src/cli/commands.ts', hookSteps: 'src/cli/hookSteps.ts' },
};

for (const folder of ['dist/cli', 'dist/editor']) rmSync(folder, { recursive: true, force: true });
const results = await Promise.all(
  [extension, parser, session, door, firstPhase, secondPhase].map((options) => build(options)),
);
const meta = { inputs: {}, outputs: {} };
for (const { metafile } of results) {
  Object.assign(meta.inputs, metafile.inputs);
  Object.assign(meta.outputs, metafile.outputs);
}
const chunks = await Promise.all(results.flatMap(({ outputFiles }) => outputFiles ?? []).map(asCommonJs));
/** How much of a file is other chunks, which are counted by themselves. */
const packedWith = new Map();
pack(['src/cli/hookSteps.ts', 'src/cli/hookReview.ts'], 'dist/cli/hookSteps.js');
for (const { path, code } of chunks) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  meta.outputs[path].bytes = Buffer.byteLength(code) - (packedWith.get(path) ?? 0);
}
// A build without --production leaves maps that must not end up in a package.
if (production) {
  for (const path of Object.keys(meta.outputs)) rmSync(`${path}.map`, { force: true });
}
chmodSync('dist/cli.js', 0o755);
writeFileSync('dist/meta.json', JSON.stringify(meta));

/**
 * Only ES modules can be cut into chunks. The oldest editor that is served loads only CommonJS, and Node keeps the
 * compiled code of a hook better for it.
 */
async function asCommonJs({ path, text }) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: shared.target,
    charset: shared.charset,
    minify: production,
    sourcemap: production ? false : 'inline',
    supported: { 'dynamic-import': false },
  });
  return { path: relative('.', path), code: loadedLater.reduce(withLater, code) };
}

/** What is imported by name is used as a property of what `require` gives, so that it can be given later. */
function withLater(code, specifier) {
  const eager = `require("${specifier}")`;
  const later = `new Proxy({},{get:(known, name) => known[name] ??= ${eager}[name]})`;
  return code.replaceAll(`=${eager}`, () => `=${later}`).replaceAll(`= ${eager}`, () => `= ${later}`);
}

/**
 * Puts the chunks that these entries load at once into one file: finding and opening a file costs a hook more than
 * compiling what is in it. Each chunk runs when it is first asked for, and other files ask this one for it.
 */
function pack(entries, file) {
  const parts = new Set();
  const visit = (path) => {
    if (meta.outputs[path] === undefined || parts.has(path)) return;
    parts.add(path);
    for (const { path: next, kind } of meta.outputs[path].imports)
      if (kind === 'import-statement') visit(next);
  };
  for (const entry of entries) {
    visit(
      Object.keys(meta.outputs).find(
        (path) => path.startsWith('dist/cli/') && meta.outputs[path].entryPoint === entry,
      ),
    );
  }
  const nameOf = (path) => `./${basename(path)}`;
  const inPack = new Set([...parts].map(nameOf));
  const packed = chunks.filter(({ path }) => parts.has(path));
  let others = 0;
  const bodies = packed.map(({ path, code }) => {
    meta.outputs[path].bytes = Buffer.byteLength(code);
    if (path !== file) others += meta.outputs[path].bytes;
    return `${JSON.stringify(nameOf(path))}(module, exports, require) {${withoutMap(code)}\n}`;
  });
  const exported = meta.outputs[file].exports.map(
    (name) => `get ${name}() { return part(${JSON.stringify(nameOf(file))}).${name}; }`,
  );
  const code = `"use strict";
const parts = {${bodies.join(',\n')}};
const known = {};
function part(name) {
  if (known[name] !== undefined) return known[name].exports;
  const module = (known[name] = { exports: {} });
  try {
    parts[name](module, module.exports, (wanted) => (wanted in parts ? part(wanted) : require(wanted)));
    return module.exports;
  } catch (error) {
    delete known[name];
    throw error;
  }
}
module.exports = { part, ${exported.join(', ')} };
`;
  packedWith.set(file, others);
  const asks = (own) =>
    own.replace(/\brequire\("(\.\/[\w-]+\.js)"\)/g, (all, name) =>
      inPack.has(name) ? `require(${JSON.stringify(nameOf(file))}).part(${JSON.stringify(name)})` : all,
    );
  const apart = chunks
    .filter(({ path }) => !parts.has(path))
    .map((chunk) => (chunk.path.startsWith('dist/cli/') ? { ...chunk, code: asks(chunk.code) } : chunk));
  chunks.splice(0, chunks.length, { path: file, code }, ...apart);
}

function withoutMap(code) {
  return code.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}
