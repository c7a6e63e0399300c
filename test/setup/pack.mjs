import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './dependencies.mjs';
import { writeNotices } from './notices.mjs';

/** Builds the bundles as they ship and packs them into `dist/infrahold.vsix`; the tests test that very file. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const vsix = join(root, 'dist', 'infrahold.vsix');

installDependencies(root);
run([join(root, 'esbuild.mjs'), '--production']);
writeNotices(root);
const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
run(
  [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  ],
  'ignore',
);
console.log(`dist/infrahold.vsix: ${(statSync(vsix).size / 1024).toFixed(0)} KB`);

function run(args, stdout = 'inherit') {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', stdout, 'inherit'] });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
}
