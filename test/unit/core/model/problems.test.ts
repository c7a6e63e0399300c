import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../../../src/core/model/read.ts';

function check(text: string, expected: readonly string[]): void {
  const { problems, text: kept } = readDocument('compose', text);
  assert.equal(kept, text);
  assert.deepEqual(
    problems.map(({ code, line, column }) => `${code} ${line}:${column}`),
    expected,
  );
  for (const { message } of problems) assert.ok(message.length > 20);
}

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const rows: readonly (readonly [string, string, readonly string[]])[] = [
  ['nothing', '', ['empty-file 1:1']],
  ['comments', '# a\n\n  # b\n', ['empty-file 1:1']],
  ['an empty document', '---\n...\n', ['empty-file 1:1']],
  ['null', '~\n', ['empty-file 1:1']],
  ['an empty mapping', '{}\n', []],
  ['a list', '- a\n', ['not-a-mapping 1:1']],
  ['a word', 'hello\n', ['not-a-mapping 1:1']],
  ['a list that is not closed', 'services: [\n', ['yaml-syntax 2:1']],
  ['a tab for an indent', 'services:\n\tapp: {}\n', ['yaml-syntax 2:1']],
  ['services that are a number', 'a: 1\nservices: 5\n', ['wrong-shape 2:1']],
  ['services in a list', 'services: [a]\n', ['wrong-shape 1:1']],
  ['services with nothing below', 'services:\nvolumes:\n  data:\n', ['wrong-shape 1:1']],
  ['other sections with nothing below', 'services: {a: {ports: }}\nvolumes:\n', []],
  ['a service that is null', 'services:\n  app:\n', ['wrong-shape 2:3']],
  ['a service that is a text', 'services:\n  a: {}\n  b: nginx\n', ['wrong-shape 3:3']],
  ['a key twice', 'services:\n  a: {}\n  b: {}\n  a: {}\n', ['duplicate-key 4:3']],
  ['a key twice in quotes', 'services: {a: {}, "a": {}}\n', ['duplicate-key 1:19']],
  ['a merge key twice', 'x: &x {}\nservices:\n  a:\n    <<: *x\n    <<: *x\n', ['duplicate-key 5:5']],
  ['a merge of a text', 'services: {a: {<<: b}}\n', ['wrong-shape 1:16']],
  ['a number for a key', 'services: {1: {}}\n', ['wrong-shape 1:12']],
  ['a boolean for a key', 'services: {true: {}}\n', ['wrong-shape 1:12']],
  ...['\r', '\x85', '\u2028', '\u2029'].map((end): readonly [string, string, readonly string[]] => [
    `a line that U+${end.charCodeAt(0).toString(16)} ends behind a comment`,
    `services:\n  a:\n    image: x # said${end}    privileged: true\n`,
    ['yaml-syntax 3:20'],
  ]),
  [
    'a line that a CR ends behind the name of a section',
    'services: # said\r  evil: {image: y}\n  a: {image: x}\n',
    ['yaml-syntax 1:17'],
  ],
  ['a line that a CR ends on top', '# said\revil: y\nservices: {a: {}}\n', ['yaml-syntax 1:7']],
  [
    'a line that a CR ends between sections',
    'services:\n  a:\n    image: x\n# said\rvolumes: {}\nconfigs:\n',
    ['yaml-syntax 4:7'],
  ],
  ['an indent behind a byte order mark', '\uFEFF    services:\n  a: {}\n', ['yaml-syntax 1:1']],
  ['a control character in a comment', 'services: {a: {}} # \x0c\n', ['yaml-syntax 1:21']],
  ['a delete character', 'services: {a: {image: "\x7f"}}\n', ['yaml-syntax 1:24']],
  ['a byte order mark before a later line', '# said\n\uFEFFservices: {a: {}}\n', ['yaml-syntax 2:1']],
  ['a byte order mark at the start', '\uFEFFservices: {a: {}}\n', []],
  ['a byte order mark in a value', 'services: {a: {image: "\uFEFFx"}}\n', []],
  ['half a character', 'services: {a: {image: "\\ud800"}}\n', ['yaml-syntax 1:23']],
  ['half a character in a key', 'services: {"\\udfff": {}}\n', ['yaml-syntax 1:12']],
  ['a reset of an empty document', '!reset\n---\nservices: {a: {}}\n', ['not-a-mapping 1:1']],
  ['a reset of the whole file', '!reset {services: {a: {}}}\n', ['not-a-mapping 1:1']],
  ...[
    '!!int x',
    '!!int 1.5',
    '!!int ""',
    '!!bool yes',
    '!!bool 1',
    '!!float nan',
    '!!null x',
    '!!binary eA==',
    '!!timestamp 2020-01-01',
  ].map((value): readonly [string, string, readonly string[]] => [
    `a value that its tag does not fit, ${value}`,
    `services: {a: {image: ${value}}}\n`,
    [`wrong-value 1:${23 + value.indexOf(' ') + 1}`],
  ]),
  ...[
    '!!int 0x1F',
    '!!int "3"',
    '!!bool TRUE',
    '!!float 1',
    '!!float .inf',
    '!!null ~',
    '!!null ""',
    '!!str 1',
    '!own x',
    '! 1',
  ].map((value): readonly [string, string, readonly string[]] => [
    `a value that its tag fits, ${value}`,
    `services: {a: {environment: {A: ${value}}}}\n`,
    [],
  ]),
  ['an alias of nothing', 'services: *a\n', ['unresolved-alias 1:11']],
  ['an alias before its anchor', 'services: {a: *x, b: &x {}}\n', ['unresolved-alias 1:15']],
  ['an alias of itself', 'services: &x {a: *x}\n', ['unresolved-alias 1:18']],
  ['brackets without end', '['.repeat(10_000), ['too-complex 1:201']],
  ['brackets that are closed', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, ['too-complex 1:203']],
  ['indents without end', lines(10_000, (index) => `${' '.repeat(index)}a:`), ['too-complex 200:201']],
  [
    'aliases that multiply',
    `a0: &a0 [x, x]\n${lines(40, (index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)}`,
    ['too-complex 18:11'],
  ],
  [
    'aliases that nest',
    `a0: &a0 {}\n${lines(5000, (index) => `a${index + 1}: &a${index + 1} {b: *a${index}}`)}`,
    ['too-complex 252:13'],
  ],
  [
    'ports without end',
    `services: {a: {ports: [${lines(20, (index) => `  "${index}.0.0.1:1-65535:1-65535",`)}]}}`,
    ['too-complex 4:3'],
  ],
];

for (const [name, text, expected] of rows) {
  test(`the problem of ${name}: ${expected.join(', ') || 'none'}`, () => check(text, expected));
}

test('what a text is made of cannot take the reader down', () => {
  const parts = [
    'services:',
    ' a: ',
    '[',
    '{',
    '}',
    ']',
    '"',
    "'",
    '&x ',
    '*x',
    '<<: ',
    '!reset ',
    '\n',
    '- ',
    '? ',
    ': ',
    '|',
    '%',
    '${',
    '#',
    '\t',
    '\uFEFF',
    '\0',
    '\uD800',
  ];
  let seed = 1;
  for (let round = 0; round < 3000; round++) {
    let text = '';
    for (let part = 0; part < 12; part++) {
      seed = (seed * 48_271) % 2_147_483_647;
      text += parts[seed % parts.length];
    }
    const { problems } = readDocument('compose', text);
    assert.ok(!problems.some(({ code }) => code === 'internal'), JSON.stringify([text, problems]));
  }
});
