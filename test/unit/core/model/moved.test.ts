import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { effectiveMapping } from '../../../../src/core/model/compose/effective.ts';
import { mappingsInAny } from '../../../../src/core/model/compose/files.ts';
import { documentOf } from '../../../../src/core/model/compose/project.ts';
import type { Entity } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import type { YamlMap } from '../../../../src/core/model/yaml/node.ts';
import { realFiles, skipped } from '../mutation/corpus.ts';

const stack = `# top
services:
  web: # the front
    image: web
    ports: ["80:80", 443:443]
    depends_on: [db]
  # the store
  db:
    image: db
    environment:
      A: "1"
    volumes:
      - data:/var/lib
volumes:
  data:
  other:
    name: here
networks:
  data:
  other:
    name: here
`;

const edits: readonly (readonly [string, (text: string) => string])[] = [
  ['nothing', (text) => text],
  ['a line on top', (text) => `# more\n\n${text}`],
  ['a name for the project', (text) => `name: here\n${text}`],
  ['a section on top', (text) => `x-a:\n  b: c\n${text}`],
  ['a longer image', (text) => text.replace('image: ', 'image: some-')],
  ['a comment in the middle', (text) => text.replace(/(?<=.\n)(?= {2}\w)/, '  # mark\n')],
  ['a service less', (text) => text.replace(/^ {2}\w.*\n(?: {3,}.*\n)+/m, '')],
  ['CRLF', (text) => text.replace(/\r?\n/g, '\r\n')],
  ['a line at the end', (text) => `${text.trimEnd()}\n\n# end\n`],
];

for (const [name, edit] of edits) {
  test(`what is moved by ${name} stands where it stands`, () => {
    readDocument('compose', stack);
    assertSame(edit(stack), name);
  });
}

test('real files that are edited and read again stand where they stand', { skip: skipped }, (context) => {
  let texts = 0;
  for (const { name, text } of realFiles(120)) {
    for (const [how, edit] of edits) {
      const edited = edit(text);
      if (readDocument('compose', edited).problems.length > 0) continue;
      texts++;
      assertSame(edited, `${how} in ${name}`);
    }
  }
  context.diagnostic(`moved words sweep: ${texts} texts, 0 stand elsewhere`);
  assert.ok(texts > 500);
});

/** The model from what was read before is the one that the full parser alone leads to. */
function assertSame(text: string, name: string): void {
  const { root, problems } = readDocument('compose', text);
  assert.deepEqual(problems, [], name);
  const mappings = mappingsInAny(text, []) as YamlMap[];
  const expected = documentOf(effectiveMapping(mappings, {}, []), text, {}, []);
  assert.ok(isDeepStrictEqual(plain(root), plain(expected)), name);
}

function plain(entity: Entity): unknown {
  return { ...entity, children: [...entity.children].map(([name, child]) => [name, plain(child)]) };
}
