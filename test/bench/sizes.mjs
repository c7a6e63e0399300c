import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The sizes that are promised, in bytes, against what is allowed, in KB. The command line loads its first phase for
 * a hook on another file, and both phases for a file of ours and for every other command.
 */
export function bundleSizes(root) {
  const { outputs } = JSON.parse(readFileSync(join(root, 'dist', 'meta.json'), 'utf8'));
  const bytes = (...names) => names.reduce((sum, name) => sum + outputs[`dist/${name}.js`].bytes, 0);
  return [
    { name: 'the extension', bytes: bytes('extension', 'session'), most: 300 },
    { name: 'the first phase of the extension', bytes: bytes('extension'), most: 10 },
    { name: 'what the command line loads for hook and check', bytes: bytes('cli', 'commands'), most: 250 },
    { name: 'what a hook loads for another file', bytes: bytes('cli'), most: 25 },
  ];
}
