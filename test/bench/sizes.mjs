import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The sizes that are promised, in bytes, against what is allowed, in KB of 1000. The extension is what it loads to guard a
 * folder; what the command line loads for a command is its first phase with the chunks that the command needs.
 */
export function bundleSizes(root) {
  const { outputs } = JSON.parse(readFileSync(join(root, 'dist', 'meta.json'), 'utf8'));
  const sum = (paths) => [...paths].reduce((bytes, path) => bytes + outputs[path].bytes, 0);
  const first = ['dist/cli.js', 'dist/cli/program.js'];
  const loaded = (...entries) =>
    new Set([...first, ...entries.flatMap((entry) => loadedFor(outputs, entry))]);
  const hook = loaded(
    ...['src/cli/hookQuick.ts', 'src/cli/hookSteps.ts', 'src/cli/hookReview.ts', 'src/store/lockFolder.ts'],
  );
  const check = loaded('src/cli/commands.ts', 'src/cli/commands/check.ts');
  const session = loadedFor(outputs, 'src/editor/session.ts');
  return [
    { name: 'the extension', bytes: sum(['dist/extension.js', ...session]), most: 300 },
    { name: 'the first phase of the extension', bytes: sum(['dist/extension.js']), most: 10 },
    { name: 'what a hook loads for a protected file', bytes: sum(hook), most: 250 },
    { name: 'what the command line loads for check', bytes: sum(check), most: 250 },
    { name: 'what a hook loads for another file', bytes: sum(first), most: 34 },
    { name: 'the parser, for a file that needs it', bytes: sum(['dist/yaml.js']), most: 120 },
  ];
}

/** The chunk that begins with a source file, and all that is loaded with it. */
function loadedFor(outputs, source) {
  const loaded = new Set();
  const visit = (path) => {
    if (path === undefined || loaded.has(path) || outputs[path] === undefined) return;
    loaded.add(path);
    for (const { path: next, kind } of outputs[path].imports) {
      if (kind === 'import-statement') visit(next);
    }
  };
  visit(Object.keys(outputs).find((path) => outputs[path].entryPoint === source));
  if (loaded.size === 0) throw new Error(`no bundle begins with ${source}`);
  return [...loaded];
}
