import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const production = process.argv.includes('--production');

/** By itself the bundler would take the build of `yaml` that it cannot shake; this one is the same code. */
const yaml = fileURLToPath(new URL('node_modules/yaml/browser/index.js', import.meta.url));

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  outdir: 'dist',
  alias: { yaml },
  logLevel: 'warning',
};

/** What the extension loads only when it is needed: for a policy that has globs, for a request in prose. */
const later = {
  policySchema: 'src/core/verdict/policySchema.ts',
  protection: 'src/core/verdict/protection.ts',
  request: 'src/core/scope/request.ts',
};

/** The extension in two phases: the first is tiny and loads the second when there is something to guard. */
const extension = {
  ...shared,
  format: 'cjs',
  external: ['vscode'],
  supported: { 'dynamic-import': false },
  entryPoints: { extension: 'src/editor/extension.ts', session: 'src/editor/session.ts', ...later },
  plugins: [
    {
      name: 'later',
      setup: ({ onResolve }) => {
        onResolve({ filter: /\.ts$/ }, ({ kind, path }) => {
          const name = kind === 'dynamic-import' ? basename(path, '.ts') : '';
          return name in later ? { path: `./${name}.js`, external: true } : undefined;
        });
      },
    },
  ],
};

/**
 * The command line in two phases as well. What decides that a hook's file is none of ours starts as fast as a script
 * can; all the rest is cut into chunks, so that each command loads what it needs and nothing else.
 */
const firstPhase = {
  ...shared,
  format: 'cjs',
  entryPoints: { cli: 'src/cli/bin.ts' },
  plugins: [
    {
      name: 'second-phase',
      setup: ({ onResolve }) => {
        onResolve({ filter: /^\.\/\w+\.ts$/ }, ({ kind, path }) =>
          kind === 'dynamic-import'
            ? { path: path.replace(/^\.\/(\w+)\.ts$/, './cli/$1.mjs'), external: true }
            : undefined,
        );
      },
    },
  ],
};

const secondPhase = {
  ...shared,
  format: 'esm',
  splitting: true,
  outdir: 'dist/cli',
  outExtension: { '.js': '.mjs' },
  entryPoints: { commands: 'src/cli/commands.ts', hookReview: 'src/cli/hookReview.ts' },
};

rmSync('dist/cli', { recursive: true, force: true });
const results = await Promise.all([extension, firstPhase, secondPhase].map((options) => build(options)));
const meta = { inputs: {}, outputs: {} };
for (const { metafile } of results) {
  Object.assign(meta.inputs, metafile.inputs);
  Object.assign(meta.outputs, metafile.outputs);
}
// A build without --production leaves maps that must not end up in a package.
if (production) {
  for (const path of Object.keys(meta.outputs)) rmSync(`${path}.map`, { force: true });
}
chmodSync('dist/cli.js', 0o755);
writeFileSync('dist/meta.json', JSON.stringify(meta));
