import { rmSync, writeFileSync } from 'node:fs';
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

const results = await Promise.all([extension].map((options) => build(options)));
const meta = { inputs: {}, outputs: {} };
for (const { metafile } of results) {
  Object.assign(meta.inputs, metafile.inputs);
  Object.assign(meta.outputs, metafile.outputs);
}
// A build without --production leaves maps that must not end up in a package.
if (production)
  for (const name of Object.keys(extension.entryPoints)) rmSync(`dist/${name}.js.map`, { force: true });
writeFileSync('dist/meta.json', JSON.stringify(meta));
