import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The sizes that are promised, in bytes, against what is allowed, in KB. What the command line loads for `hook` and
 * `check` is its entry with all that those two need; heavier commands have chunks of their own.
 */
export function bundleSizes(root) {
  const { outputs } = JSON.parse(readFileSync(join(root, 'dist', 'meta.json'), 'utf8'));
  const bytes = (paths) => [...paths].reduce((sum, path) => sum + outputs[path].bytes, 0);
  const hookAndCheck = new Set(
    ['hook', 'check'].flatMap((name) => loadedFor(outputs, `src/cli/commands/${name}.ts`)),
  );
  return [
    { name: 'the extension', bytes: bytes(['dist/extension.js', 'dist/session.js']), most: 300 },
    { name: 'what the command line loads for hook and check', bytes: bytes(hookAndCheck), most: 250 },
  ];
}

/** Every output that is loaded when a command runs: the entry, the command's own chunk, what these import. */
function loadedFor(outputs, command) {
  const own = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === command)?.[0];
  const start = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === 'src/cli/bin.ts')?.[0];
  const loaded = new Set();
  const visit = (path) => {
    if (path === undefined || loaded.has(path) || outputs[path] === undefined) return;
    loaded.add(path);
    for (const { path: next, kind } of outputs[path].imports) {
      if (kind !== 'dynamic-import') visit(next);
    }
  };
  visit(start);
  visit(own);
  return [...loaded];
}
