import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress } from '../../../../src/core/model/address.ts';
import type { Entity } from '../../../../src/core/model/document.ts';
import { emptyDocument, readDocument } from '../../../../src/core/model/read.ts';

/** The entities of a text: kind, address, label and the text that states them, without sections and roots. */
function check(text: string, expected: readonly string[]): void {
  const document = readDocument('compose', text);
  assert.deepEqual(document.problems, []);
  const lines: string[] = [];
  const visit = (entity: Entity): void => {
    const { kind, path, label, span } = entity;
    const source = text.slice(span.start, span.end).replace(/\s*\n\s*/g, ' ⏎ ');
    if (kind !== 'section' && kind !== 'document')
      lines.push(`${kind} ${formatAddress(path)} | ${label} | ${source}`);
    for (const child of entity.children.values()) visit(child);
  };
  visit(document.root);
  assert.deepEqual(lines, expected);
}

const app = (body: string) => `services:\n  app:\n${body.replace(/^/gm, '    ')}\n`;

test('an entity stands under its name and is stated by its pair or item', () => {
  check(
    app(
      'image: redis:7-alpine # the cache\nports: ["6379:6379", "127.0.0.1:80:80/udp"]\nvolumes:\n- data:/data\n- type: bind\n  source: ./x\n  target: /x',
    ),
    [
      'service services.app | redis:7-alpine | app: ⏎ image: redis:7-alpine # the cache ⏎ ports: ["6379:6379", "127.0.0.1:80:80/udp"] ⏎ volumes: ⏎ - data:/data ⏎ - type: bind ⏎ source: ./x ⏎ target: /x',
      'field services.app.image | redis:7-alpine | image: redis:7-alpine',
      'port services.app.ports[6379:6379/tcp] | 6379:6379/tcp | "6379:6379"',
      'port services.app.ports[127.0.0.1:80:80/udp] | 127.0.0.1:80:80/udp | "127.0.0.1:80:80/udp"',
      'mount services.app.volumes[/data] | data:/data | data:/data',
      'mount services.app.volumes[/x] | ./x:/x | type: bind ⏎ source: ./x ⏎ target: /x',
    ],
  );
});

test('what an anchor states keeps the place of the anchor', () => {
  check(
    'x-all: &all\n  environment: &env {A: 1}\n  restart: always\nservices:\n  app:\n    <<: *all\n    user: a\n',
    [
      'service services.app |  | app: ⏎ <<: *all ⏎ user: a',
      'field services.app.user | a | user: a',
      'environment services.app.environment.A | 1 | A: 1',
      'field services.app.restart | always | restart: always',
    ],
  );
});

test('entities are found in flow style, in documents with a byte order mark and with CRLF', () => {
  check(
    '\uFEFF---\r\nservices: {app: {depends_on: [db], cap_add: [A]}}\r\nvolumes:\r\n  data: # kept\r\n  more:\r\n',
    [
      'service services.app |  | app: {depends_on: [db], cap_add: [A]}',
      'dependency services.app.depends_on.db | service_started | db',
      'field services.app.cap_add.A | A | A',
      'volume volumes.data |  | data:',
      'volume volumes.more |  | more:',
    ],
  );
});

test('a composite is told by its parts, and a block text in one line', () => {
  check(
    app(
      'build:\n  context: .\n  args:\n    A: |\n      one\n      two\nhealthcheck:\n  test: [CMD, a b]\n  retries: 3',
    ),
    [
      'service services.app | . | app: ⏎ build: ⏎ context: . ⏎ args: ⏎ A: | ⏎ one ⏎ two ⏎ healthcheck: ⏎ test: [CMD, a b] ⏎ retries: 3',
      'field services.app.build | context: ., args | build: ⏎ context: . ⏎ args: ⏎ A: | ⏎ one ⏎ two',
      'field services.app.build.context | . | context: .',
      'field services.app.build.args.A | one\\ntwo | A: | ⏎ one ⏎ two',
      'field services.app.healthcheck | test: CMD "a b", retries: 3 | healthcheck: ⏎ test: [CMD, a b] ⏎ retries: 3',
      'field services.app.healthcheck.test | CMD "a b" | test: [CMD, a b]',
      'field services.app.healthcheck.retries | 3 | retries: 3',
    ],
  );
});

test('names of hosts, networks, secrets and labels are the keys', () => {
  check(
    app(
      'networks: {back: {aliases: [db]}}\nsecrets: [{source: token, target: t}]\nextra_hosts: ["h:1.1.1.1"]\nlabels: [a.b=c]',
    ),
    [
      'service services.app |  | app: ⏎ networks: {back: {aliases: [db]}} ⏎ secrets: [{source: token, target: t}] ⏎ extra_hosts: ["h:1.1.1.1"] ⏎ labels: [a.b=c]',
      'attachment services.app.networks.back | back, aliases: db | back: {aliases: [db]}',
      'field services.app.secrets[token:/run/secrets/t] | token:/run/secrets/t | {source: token, target: t}',
      'field services.app.extra_hosts.h | 1.1.1.1 | "h:1.1.1.1"',
      'field services.app.labels[a.b] | c | a.b=c',
    ],
  );
});

test('a section with nothing below its key is still one, but not the same as none', () => {
  const volumes = (text: string) => readDocument('compose', text).root.children.get('volumes');
  const found = volumes('services: {}\nvolumes:\n');
  assert.deepEqual([found?.kind, found?.value, found?.children.size], ['section', null, 0]);
  assert.equal(volumes('services: {}\nvolumes: {}\n'), undefined);
});

test('a file that does not exist holds nothing and has no problem', () => {
  for (const kind of ['compose', 'text'] as const) {
    const { root, problems, text } = emptyDocument(kind);
    assert.deepEqual([root.children.size, problems.length, text], [0, 0, '']);
  }
});
