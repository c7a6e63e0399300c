import { isFields } from './fields.ts';
import type { Proposal } from './protocol.ts';

/** Ordered by how sure it is that the name means the file to be written. */
export const pathNames: readonly string[] = [
  'file_path',
  'filePath',
  'path',
  'target_file',
  'targetFile',
  'relative_workspace_path',
  'relative_path',
  'notebook_path',
  'target_notebook',
  'uri',
  'filename',
  'file',
];

/** All that a proposal names: of a file that is moved, where it comes from as well. */
export function pathsOf({ path, change }: Proposal): readonly string[] {
  return change.how === 'patch' && change.from !== undefined ? [path, change.from] : [path];
}

/** A path as a file system takes it. Editors name files by URI too, and on Windows with a slash before the drive. */
export function plainPath(given: string): string {
  const uri = given.includes('://') ? /^(?:file|vscode-remote):\/\/[^/]*(\/.*)$/i.exec(given) : null;
  const path = uri?.[1] === undefined ? given : withoutPercents(uri[1]);
  return path[2] === ':' && /^\/[a-z]:[\\/]/i.test(path) ? path.slice(1) : path;
}

/** A name that no file can have. Programs that end it at the NUL would write another file than the one judged. */
export function isNoPath(path: string): boolean {
  return path === '' || path.includes('\0');
}

function withoutPercents(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Every text of one line that stands below a name for files, however deep: what a tool of a shape unknown here may
 * mean. `everything` takes what stands below other names too.
 */
export function pathsBelow(input: unknown, everything = false): readonly string[] {
  const found = new Set<string>();
  const open: { value: unknown; isNamed: boolean }[] = [{ value: input, isNamed: everything }];
  for (const { value, isNamed } of open) {
    if (typeof value === 'string' && isNamed && value !== '' && !/[\r\n]/.test(value)) found.add(value);
    else if (Array.isArray(value)) for (const item of value) open.push({ value: item, isNamed });
    else if (isFields(value)) {
      for (const [name, part] of Object.entries(value))
        open.push({ value: part, isNamed: isNamed || namesFile(name) });
    }
  }
  return [...found];
}

function namesFile(name: string): boolean {
  return fileWords.test(name) && !otherWords.test(name);
}

const fileWords = /path|file|uri|dest|source|target|location|^(?:from|to|src|dst)$/i;
const otherWords = /text|content|type|mode|encoding|pattern/i;
