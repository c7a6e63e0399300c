/** The files that code of another language writes, moves or removes, as far as calls that do such things tell. */
export interface CodeWrites {
  /** Names that stand in such a call as a plain text. */
  readonly targets: readonly string[];
  /** Some call has a name that is put together elsewhere. */
  readonly isComputed: boolean;
}

export function writtenBy(code: string, language: string): CodeWrites {
  const targets: string[] = [];
  let isComputed = isWeb.test(language) ? [...code.matchAll(renamed)].length > 0 : false;
  for (const [, , argument = ''] of code.matchAll(fillers)) {
    const name = plainText.exec(argument)?.[2];
    if (name === undefined) isComputed = true;
    else targets.push(name);
  }
  for (const [, argument = '', mode = ''] of code.matchAll(openings)) {
    if (!/[wax+]/.test(mode)) continue;
    const name = plainText.exec(argument)?.[2];
    if (name === undefined) isComputed = true;
    else targets.push(name);
  }
  const methods = [...code.matchAll(pathMethods)].map((match) => match[2]);
  targets.push(...methods.filter((name) => name !== undefined));
  if (methods.includes(undefined)) isComputed = true;
  if (/^(?:perl|ruby|php)/.test(language) && wordWriters.test(code)) isComputed = true;
  return { targets, isComputed: isComputed || movers.test(code) };
}

const isWeb = /^(?:node|nodejs|bun|deno|tsx)$/;

/** A text without anything in it that is filled in, and nothing after it that is put to it. */
const plainText = /^\s*(?:file\s*=\s*)?[rbu]{0,2}(["'`])((?:(?!\$\{)[^"'`\n])*?)\1\s*(?![\s\w"'`+%.[])/i;

const fillerNames = [
  'writeFile(?:Sync)?|appendFile(?:Sync)?|createWriteStream|unlink(?:Sync)?|fs\\.rm|rmSync|truncateSync|outputFile(?:Sync)?',
  'outputJson(?:Sync)?|file_put_contents|(?:File|IO)\\.(?:bin)?write|File\\.delete|File\\.unlink|os\\.(?:remove|unlink|truncate)',
  'FileUtils\\.rm\\w*|Bun\\.write|Deno\\.(?:write\\w*|remove\\w*|truncate\\w*)|shutil\\.rmtree',
].join('|');

/** Functions whose first argument is the file: `writeFileSync('f', …)`, and what opens a path for writing. */
const fillers = new RegExp(`(?<!\\w)(${fillerNames})\\s{0,20}\\(([^\\n]{0,400})`, 'g');

/** `Path('f').write_text(…)`, and the same on a path that was made elsewhere. */
const pathMethods =
  /(?:\bPath\s{0,20}\(\s{0,20}(["'])([^"'\n]{0,300})\1\s{0,20}\)\s{0,20})?\.\s{0,20}(?:write_text|write_bytes|unlink|touch)\s{0,20}\(/g;

/** A function that is given another name can be called without being seen. */
const renamed =
  /\b(?:writeFile|appendFile|createWriteStream|unlink|rm|rename|copyFile)(?:Sync)?\s*(?:as\s|:\s*\w|;|\n)/g;

/** `open(name, 'w')`, with the mode in second place or by its name. */
const openings =
  /\b(?:open|fopen|openSync|File\.new|File\.open)\s{0,20}\(((?:[^,()\n]|\([^()\n]{0,200}\)){1,300}),\s{0,20}(?:mode\s{0,20}=\s{0,20})?["']([rwaxbt+]+)["']/g;

/** What moves a file over another, writes through an object, or opens one in a way that tells no name. */
const movers = new RegExp(
  [
    String.raw`\bPath\([^)\n]{0,200}\)\s{0,20}\.(?:rename|replace)\s{0,20}\(`,
    String.raw`\.open\s*\(\s*(?:mode\s*=\s*)?["'][rb]*[wax+][wax+bt]*["']`,
    String.raw`\b(?:os\.(?:rename|replace|renames)|shutil\.(?:copy\w*|move)|renameSync|copyFile(?:Sync)?|cpSync|fileinput\.\w+|File\.rename|FileUtils\.(?:mv|cp\w*))\s*\(`,
    String.raw`\bfs(?:\.promises)?\.(?:rename|cp|truncate)\s*\(`,
    String.raw`\bO_(?:WRONLY|RDWR|TRUNC|APPEND)\b`,
    String.raw`\bopen\b[^;\n]{0,200}["']\s{0,9}\+?>{1,2}[^"'\n]{0,300}["']`,
  ].join('|'),
);

/** In Perl and its kin these need no brackets. */
const wordWriters = /\b(?:unlink|rename|copy|move|truncate|spew|File::Copy)\b\s*[("'$]/;

/**
 * Commands that code gives to a shell. Where a word of one is put together, each file that the code names may be that
 * word.
 */
export function commandsIn(code: string, language: string, named: readonly string[]): string[] {
  const any = named.map((path) => `'${path}'`).join(' ');
  const found = [...code.matchAll(calls)].map((match) => commandFrom(match.groups ?? {}, any));
  const ticks = /^(?:perl|ruby|php)/.test(language) ? [...code.matchAll(/`([^`\n]+)`/g)] : [];
  return [...found, ...ticks.map((match) => filled(match[1] ?? '', any))];
}

const calls =
  /\b(?:os\.(?:system|popen|exec\w+|spawn\w+)|subprocess\.\w+|exec(?:File)?(?:Sync)?|spawn(?:Sync)?|system|shell_exec|passthru|popen)\s*\(?\s*(?:[\w.]+,\s*)?(?:[rbf]*(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)(?:\s*,\s*(?<rest>\[[^\]]*\]))?(?:\s*,\s*(?<more>["'][^)\n]*))?|(?<list>\[[^\]]*\]))/g;

function commandFrom({ text, rest, more, list }: Record<string, string | undefined>, any: string): string {
  if (list !== undefined) return wordsIn(list, any);
  const own = filled((text ?? '').slice(1, -1).replace(/\\(.)/g, '$1'), any);
  // `execvp('rm', ['rm', 'f'])` says its name twice.
  const words = rest === undefined ? '' : wordsIn(rest, any);
  if (words.startsWith(`'${own}' `)) return words;
  return [own, words, more === undefined ? '' : wordsIn(more, any)].join(' ');
}

function wordsIn(list: string, any: string): string {
  return list
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((item) => {
      const quoted = /^\s*[rbu]*(["'`])([\s\S]*)\1\s*$/.exec(item)?.[2];
      return quoted === undefined ? (item.trim() === '' ? '' : any) : `'${quoted}'`;
    })
    .join(' ');
}

/** `rm {f}` and `rm ${f}`. */
function filled(text: string, any: string): string {
  return text.replace(/\$?\{[^}]*\}/g, () => any).replace(/%s|["']?\s*\+\s*\w+/g, () => ` ${any}`);
}
