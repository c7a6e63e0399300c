/**
 * Whether a command is worth a parse: it has a word that can write, remove or stop something. It imports nothing,
 * because it is asked for every command that an agent runs, of which most are tests, builds and searches.
 */
export function commandMayMatter(command: string): boolean {
  return words.test(command) || signs.test(command);
}

/** Programs that write, that run others, and that act on what runs. A script is one too (`./fix.sh`). */
const words = new RegExp(
  `(?:^|[^\\w.-])(?:${[
    'docker|podman|nerdctl|compose|kubectl|oc|helm|terraform|tofu|infrahold|git|gh',
    'rm|rmdir|unlink|trash|shred|truncate|fallocate|cp|install|mv|ln|rsync|scp|tee|sponge|dd|rename|mmv|prename',
    'rimraf|del-cli|trash-put|gzip|bzip2|xz|zstd|gunzip|bunzip2|unxz|tar|bsdtar|unzip|7z|cpio|patch|apply_?patch',
    'g?sed|[gmn]?awk|ed|ex|vim?|nvim|yq|sd|dos2unix|unix2dos|prettier|yamlfmt|crudini|ast-grep|ansible-vault|sops',
    'python[\\d.]*|ipython|pypy3|node|nodejs|bun|deno|tsx|php|lua|Rscript|osascript|ruby|perl',
    '(?:ba|z|da|k|a|fi)?sh|source|eval|exec|xargs|parallel|find|gfind|fd|at|batch|trap|alias|watch|su',
    'curl|wget|http|xh|aria2c|sort|uniq|pwsh|powershell|cmd',
    '[A-Za-z]+-(?:Content|Item|File|Object|Expression|WebRequest|Archive)|sc|ac|clc|ni|ri|del|erase|rd|cpi|copy|mi|move|rni|ren|iwr|iex',
  ].join('|')})(?:\\.exe)?(?![\\w-])`,
  'i',
);

/** A redirection into something, a program by its path, a computed program, an option that writes, a name put together. */
const signs = new RegExp(
  [
    />(?!\s*(?:&\s*[\d-]|\/dev\/null\b))/,
    /(?:^|[\s;&|(])(?:\.{1,2}|~|\/)?\/[^\s]*\.(?:ba)?sh\b/,
    // A first word with a sign in it, and any word with quotes or braces around a part of it.
    /(?:^|[;&|(\n]\s*)[\w./-]*["'\\$`{]/,
    /[\w./-](?:(["'])[\w./-]*\1|\{[\w./,-]*\})|(?:(["'])[\w./-]*\2|\{[\w./,-]*\})[\w./-]/,
    /^\s*\.\s|[;&|]\s*\.\s/,
    /--?(?:o|out|output|in-place|inplace|write|fix|overwrite)\b/,
    /compose|infrahold|extensionhost|--(?:uninstall-extension|disable-extensions?)\b|::|\\\w/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);
