import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
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
  // Whoever takes a lock says with which functions of files; the ones that would be used else are never called.
  alias: { 'jsonc-parser': jsonc, 'graceful-fs': 'node:fs' },
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
const loadedLater = [
  parserPath,
  'node:os',
  'node:crypto',
  'node:fs/promises',
  'node:timers/promises',
  'node:child_process',
  'node:net',
];
const parserApart = {
  name: 'parser-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^yaml$/ }, () => ({ path: parserPath, external: true }));
  },
};

/**
 * Locks are given back when a process ends. Listening for every signal as well costs more than taking a lock, and what a
 * killed process leaves is taken over after three seconds.
 */
const endAlone = {
  name: 'end-alone',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^signal-exit$/ }, ({ path }) => ({ path, namespace: 'end-alone' }));
    onLoad({ filter: /^/, namespace: 'end-alone' }, () => ({
      contents: 'module.exports = (giveBack) => process.on("exit", giveBack);',
    }));
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
  plugins: [parserApart, endAlone],
  outdir: 'dist/editor',
  entryPoints: ['session', 'protectAgents', 'leftLocks', 'uninstall'].map((name) => `src/editor/${name}.ts`),
};

/** What is imported when it is needed lies in files of their own, beside this one. */
const lazily = {
  name: 'lazily',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/\w+\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: path.replace(/ts$/, 'js'), external: true } : undefined,
    );
  },
};

/**
 * The command line in two phases as well. What decides that a hook's file is none of ours starts as fast as a script
 * can; all the rest is cut into chunks, so that each command loads what it needs and nothing else.
 */
const firstPhase = {
  ...shared,
  format: 'cjs',
  write: false,
  sourcemap: production ? false : 'inline',
  supported: { 'dynamic-import': false },
  plugins: [lazily],
  outdir: 'dist/cli',
  entryPoints: { program: 'src/cli/program.ts' },
};

const secondPhase = {
  ...shared,
  format: 'esm',
  splitting: true,
  write: false,
  sourcemap: production ? false : 'inline',
  plugins: [parserApart, endAlone],
  outdir: 'dist/cli',
  entryPoints: {
    commands: 'src/cli/commands.ts',
    hookQuick: 'src/cli/hookQuick.ts',
    keepCompiled: 'src/cli/keepCompiled.ts',
  },
};

for (const folder of ['dist/cli', 'dist/editor']) rmSync(folder, { recursive: true, force: true });
const results = await Promise.all(
  [extension, parser, session, firstPhase, secondPhase].map((options) => build(options)),
);
const meta = { inputs: {}, outputs: {} };
for (const { metafile } of results) {
  Object.assign(meta.inputs, metafile.inputs);
  Object.assign(meta.outputs, metafile.outputs);
}
const chunks = results
  .flatMap(({ outputFiles }) => outputFiles ?? [])
  .map(({ path, text }) => ({ path: relative('.', path), text }));
/** Which file a chunk of the command line is in, where that is not one of its own. */
const packs = new Map();
/** How much of a file is other chunks, which are counted by themselves. */
const packedWith = new Map();
pack('src/cli/hookQuick.ts');
pack('src/cli/hookSteps.ts', 'src/cli/hookReview.ts', 'src/store/lockFolder.ts');
const written = chunks.filter(({ path }) => (packs.get(path) ?? path) === path);
for (const { path, text } of written) {
  const code = await asCommonJs(packs.has(path) ? await packed(path) : text);
  mkdirSync(dirname(path), { recursive: true });
  const asked = askingPacks(path, code);
  writeFileSync(path, path.startsWith('dist/cli/') ? asFunction(asked) : asked);
  meta.outputs[path].bytes = Buffer.byteLength(code) - (packedWith.get(path) ?? 0);
}
await writeDoor();
// A build without --production leaves maps that must not end up in a package.
if (production) {
  for (const path of Object.keys(meta.outputs)) rmSync(`${path}.map`, { force: true });
}
writeFileSync('dist/meta.json', JSON.stringify(meta));

/** What starts the command line. It knows the build that it belongs to, so that what is kept of another is not used. */
async function writeDoor() {
  const hash = createHash('sha256');
  for (const path of [...written.map(({ path }) => path), 'dist/yaml.js']) hash.update(readFileSync(path));
  const define = { BUILD: JSON.stringify(hash.digest('hex').slice(0, 12)) };
  const { metafile } = await build({
    ...shared,
    format: 'cjs',
    entryPoints: { cli: 'src/cli/bin.ts' },
    define,
  });
  Object.assign(meta.outputs, metafile.outputs);
  writeFileSync('dist/cli.js', loadedLater.reduce(withLater, readFileSync('dist/cli.js', 'utf8')));
  chmodSync('dist/cli.js', 0o755);
}

/**
 * Only ES modules can be cut into chunks. The oldest editor that is served loads only CommonJS, and Node keeps the
 * compiled code of a hook better for it.
 */
async function asCommonJs(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    // For Node there would be a list of what is exported, for a loader that none of this is loaded with.
    platform: 'neutral',
    target: shared.target,
    charset: shared.charset,
    minify: production,
    sourcemap: production ? false : 'inline',
    supported: { 'dynamic-import': false },
  });
  const later = loadedLater.reduce(withLater, code);
  // The bundler leaves the letters of patterns as they are.
  return later.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** As Node runs a CommonJS file, so that the command line need not copy its text for it. */
function asFunction(code) {
  return `(function (exports, require, module, __filename, __dirname) { ${code}\n})`;
}

/** What is imported by name is used as a property of what `require` gives, so that it can be given later. */
function withLater(code, specifier) {
  return code.replace(new RegExp(`=( ?)(require\\("${specifier}"\\))`, 'g'), (_, space, eager) => {
    return `=${space}new Proxy({},{get:(known, name) => known[name] ??= ${eager}[name]})`;
  });
}

/**
 * Puts the chunks that these entries load at once into the file of the first: finding and opening a file costs a hook
 * more than compiling what is in it. What an earlier one holds stays there.
 */
function pack(...entries) {
  const pathOf = (entry) =>
    Object.keys(meta.outputs).find(
      (path) => path.startsWith('dist/cli/') && meta.outputs[path].entryPoint === entry,
    );
  const file = pathOf(entries[0]);
  const visit = (path) => {
    if (meta.outputs[path] === undefined || packs.has(path)) return;
    packs.set(path, file);
    for (const { path: next, kind } of meta.outputs[path].imports)
      if (kind === 'import-statement') visit(next);
  };
  for (const entry of entries) visit(pathOf(entry));
}

/** One module of these chunks, in which each finds what it needs of another at once; `parts` gives others each chunk. */
async function packed(file) {
  const inside = chunks.filter(({ path }) => packs.get(path) === file);
  const given = inside.map(({ path }, index) => partOf(path, `part${index}`));
  const lines = [
    ...given.map(({ imported }) => imported),
    `export const parts = { ${given.map(({ given }) => given)} };`,
    `export * from '${nameOf(file)}';`,
  ];
  const chunkAt = (name) => inside.find(({ path }) => nameOf(path) === name);
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /^/ }, ({ path: name, kind }) => {
      const isInside = kind === 'import-statement' && chunkAt(name) !== undefined;
      return isInside ? { path: name, namespace: 'chunk' } : { path: name, external: true };
    });
    onLoad({ filter: /^/, namespace: 'chunk' }, ({ path: name }) => ({
      contents: withoutMap(chunkAt(name).text),
    }));
  };
  const { outputFiles, metafile } = await build({
    ...{ bundle: true, format: 'esm', write: false, metafile: true, logLevel: 'warning' },
    ...{ minify: production, target: shared.target, charset: shared.charset },
    stdin: { contents: lines.join('\n') },
    plugins: [{ name: 'packed', setup }],
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  let others = 0;
  for (const { path } of inside) {
    // A chunk can be left with nothing in it.
    meta.outputs[path].bytes = inputs[`chunk:${nameOf(path)}`]?.bytesInOutput ?? 0;
    if (path !== file) others += meta.outputs[path].bytes;
  }
  packedWith.set(file, others);
  return outputFiles[0].text;
}

/** What a chunk exports is put together when it is asked for: a hook that needs only the pack asks for none. */
function partOf(path, prefix) {
  const names = meta.outputs[path].exports;
  const imported = names.map((name, index) => `${name} as ${prefix}_${index}`);
  const exported = names.map((name, index) => `${name}: ${prefix}_${index}`);
  return {
    imported: `import { ${imported} } from '${nameOf(path)}';`,
    given: `get '${nameOf(path)}'() { return { ${exported} }; }`,
  };
}

/** Asks for the chunks that are in a pack where they are. */
function askingPacks(path, code) {
  return code.replace(/\brequire\("(\.\/[\w-]+\.js)"\)/g, (all, name) => {
    const file = packs.get(join(dirname(path), name));
    if (file === undefined) return all;
    const pack = file === path ? 'module.exports' : `require("${nameOf(file)}")`;
    return `${pack}.parts["${name}"]`;
  });
}

function nameOf(path) {
  return `./${basename(path)}`;
}

function withoutMap(code) {
  return code.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}
