import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCompose, saysTheSame } from '../../../../src/core/model/compose.ts';

const text = `services:
  web:
    image: nginx
    restart: "no"
    init: true
    ports: ["80:80"]
    environment: &env { A: "1", B: x }
  api:
    image: caddy
    environment: *env
`;

test('comments, quotes and layout leave every value as it was', () => {
  const same = [
    text,
    `# a comment\n${text}`,
    text.replace('nginx', '"nginx"'),
    text.replace('["80:80"]', '\n      - "80:80"'),
    text.replace('*env', '{ A: "1", B: x }'),
    text.replaceAll('\n', '\r\n'),
  ];
  for (const other of same) assert.ok(saysTheSame(readCompose(text), readCompose(other)), other);
});

test('another value, kind of value, key, order or tag is another thing to Compose', () => {
  const others = [
    text.replace('nginx', 'nginx:2'),
    text.replace('"no"', 'no'),
    text.replace('"no"', 'false'),
    text.replace('init: true', 'init: "true"'),
    text.replace('A: "1"', 'A: 1'),
    text.replace('["80:80"]', '["80:80", "81:81"]'),
    text.replace('["80:80"]', '"80:80"'),
    text.replace('["80:80"]', '!override ["80:80"]'),
    text.replace('["80:80"]', '{ "80": "80" }'),
    text.replace('init: true', 'inti: true'),
    text.replace('    init: true\n', ''),
    text.replace('{ A: "1", B: x }', '{ B: x, A: "1" }'),
  ];
  // Compose takes an unquoted no for the text that it is.
  const taken = new Set([others[1]]);
  for (const other of others)
    assert.equal(saysTheSame(readCompose(text), readCompose(other)), taken.has(other), other);
});

test('of a text that cannot be read nothing is the same', () => {
  const broken = 'services: [';
  assert.equal(saysTheSame(readCompose(broken), readCompose(broken)), false);
  assert.equal(saysTheSame(readCompose(text, { env: {} }), readCompose(text)), false);
});
