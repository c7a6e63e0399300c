const { closeSync, fsyncSync, openSync, readFileSync, readSync, renameSync, writeSync } = require('node:fs');

/**
 * The least that any program in Node would do to refuse an edit and keep it: reads the payload and the file, writes the
 * refused version and a line of a record, both safe from a power cut, and answers. It judges nothing.
 */
const bytes = Buffer.allocUnsafe(64 * 1024);
const { tool_input: edit } = JSON.parse(bytes.toString('utf8', 0, readSync(0, bytes)));
const [folder] = process.argv.slice(2);
readFileSync(edit.file_path, 'utf8');
writeSafely(`${folder}/version.tmp`, 'wx', edit.content);
renameSync(`${folder}/version.tmp`, `${folder}/version`);
const directory = openSync(folder, 'r');
fsyncSync(directory);
closeSync(directory);
writeSafely(`${folder}/record`, 'a', `${JSON.stringify({ at: Date.now(), refused: edit.file_path })}\n`);
writeSync(1, `${JSON.stringify({ hookSpecificOutput: { permissionDecision: 'deny' } })}\n`);
process.reallyExit(0);

function writeSafely(file, flags, content) {
  const descriptor = openSync(file, flags, 0o600);
  writeSync(descriptor, content);
  fsyncSync(descriptor);
  closeSync(descriptor);
}
