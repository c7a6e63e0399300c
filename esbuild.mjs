import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const production = process.argv.includes('--production');

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
  logLevel: 'warning',
};

/** The extension in two phases: the first is tiny and loads the second when there is something to guard. */
const extension = {
  ...shared,
  format: 'cjs',
  external: ['vscode'],
  entryPoints: { extension: 'src/editor/extension.ts', session: 'src/editor/session.ts' },
};

/**
 * The command line in two phases as well: what decides that a hook's file is none of ours, and all the rest. The cut is
 * the one dynamic import; it is written as a `require`, which starts faster than the loader of modules.
 */
const commandLine = {
  ...shared,
  format: 'cjs',
  supported: { 'dynamic-import': false },
  entryPoints: { cli: 'src/cli/bin.ts', commands: 'src/cli/commands.ts' },
  plugins: [
    {
      name: 'second-phase',
      setup: ({ onResolve }) => {
        onResolve({ filter: /\/commands\.ts$/ }, ({ kind }) =>
          kind === 'dynamic-import' ? { path: './commands.js', external: true } : undefined,
        );
      },
    },
  ],
};

const results = await Promise.all([extension, commandLine].map((options) => build(options)));
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
