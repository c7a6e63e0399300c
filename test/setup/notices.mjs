import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the licences of all that is bundled into `dist/THIRD-PARTY-NOTICES.txt`, from what the bundler has read. */
export function writeNotices(root) {
  const folders = bundledPackages(JSON.parse(readFileSync(join(root, 'dist', 'meta.json'), 'utf8')));
  const notices = folders.map((folder) => noticeOf(join(root, folder)));
  const head =
    'Infrahold contains the packages below, each under the licence that follows its name. The schema of Compose has its\n' +
    'licence beside it, in src/core/model/compose/validation/schema.\n';
  const line = `\n${'-'.repeat(80)}\n\n`;
  writeFileSync(
    join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'),
    [head, ...[...new Set(notices)].sort()].join(line),
  );
}

/** The folders of the packages of which something is in a bundle. */
export function bundledPackages({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.flatMap(
    (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)(?:\.|$)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length === 0) texts.push(withoutText(name, license, author));
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}

/** Some packages only name their licence. */
function withoutText(name, license, author) {
  if (license !== 'MIT') throw new Error(`${name} comes without the text of its licence, ${license}.`);
  return `Copyright (c) ${author?.name ?? author ?? `the authors of ${name}`}\n\n${mit}`;
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
