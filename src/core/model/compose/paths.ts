/** A path without `.`, `..` and doubled slashes, as Go's path.Clean leaves it; `.` for nothing at all. */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    // Above the root there is only the root; above a variable nobody knows what is.
    else if (names.length > 0 && names.at(-1) !== '..' && !names.at(-1)?.includes('$')) names.pop();
    else if (!isAbsolute) names.push(name);
  }
  const joined = names.join('/');
  return isAbsolute ? `/${joined}` : joined || '.';
}

/** The source of a bind, relative to the file's folder: `./data`, `../data`, `.`, or absolute. */
export function bindPath(path: string): string {
  if (/^(?:[A-Za-z]:|\\|~|\$)/.test(path)) return path;
  const clean = cleanPath(path);
  return /^(?:\/|\.\.?(?:\/|$))/.test(clean) ? clean : `./${clean}`;
}

/** A file or folder that a field names, where `app` and `./app` are the same; addresses stay as they are. */
export function filePath(path: string): string {
  return isRelative(path) || path.startsWith('/') ? cleanPath(path) : path;
}

/** Whether a path starts from the folder of its file. Nobody can say it of one that starts with a variable. */
export function isRelative(path: string): boolean {
  return (
    path !== '' && !path.includes('://') && !/^(?:[/\\~$]|[A-Za-z]:|git@|github\.com\/|[a-z_-]+:)/.test(path)
  );
}

export function folderOf(path: string): string {
  return cleanPath(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.');
}

/** A path as seen from a folder. */
export function joinPath(folder: string, path: string): string {
  return path.startsWith('/') ? cleanPath(path) : cleanPath(`${folder}/${path}`);
}
