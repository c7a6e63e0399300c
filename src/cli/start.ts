import { compiledFolder, compiledWith, runIn } from './compiled.ts';

/** Nothing is kept of the file that starts the program, so that it does no more than load the first that is. */
export async function startProgram(file: string, nodeRequire: (id: string) => unknown): Promise<void> {
  const folder = compiledFolder(process.env);
  const first = compiledWith(folder, file);
  const module = { exports: {} as typeof import('./program.ts') };
  runIn(module, first, (id) => (id.startsWith('.') ? files.load(id) : nodeRequire(id)));
  const files = module.exports.programFiles(folder, first, nodeRequire);
  await module.exports.runProgram(files);
}
