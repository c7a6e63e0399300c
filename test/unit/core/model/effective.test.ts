import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameMeaning } from '../../../../src/core/diff/equal.ts';
import type { InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';

type Texts = Readonly<Record<string, string>>;

function read(texts: Texts, name = 'compose.yaml', env?: Texts): InfraDocument {
  const file = (path: string) => (Object.hasOwn(texts, path) ? texts[path] : undefined);
  return readDocument('compose', texts[name] ?? '', { name, read: file, ...(env && { env }) });
}

/** What several files are together, and the one file that says the same. */
function check(texts: Texts, whole: string, name = 'compose.yaml'): void {
  const [several, one] = [read(texts, name), readDocument('compose', whole)];
  assert.deepEqual([several.problems, one.problems], [[], []]);
  assert.ok(sameMeaning(several.root, one.root));
}

const rows: readonly (readonly [string, Texts, string])[] = [
  [
    'an override file',
    {
      'compose.yaml': 'services: {app: {image: a, ports: ["80:80"], command: a b, environment: {A: 1}}}',
      'compose.override.yml':
        'services: {app: {ports: ["81:81"], command: c, environment: [B=2]}, db: {image: d}}',
    },
    'services: {app: {image: a, ports: ["80:80", "81:81"], command: c, environment: {A: 1, B: 2}}, db: {image: d}}',
  ],
  [
    'an override that takes away and one that replaces',
    {
      'compose.yaml': 'services: {app: {image: a, ports: ["80:80"], dns: a, labels: [x=1]}}',
      'compose.override.yaml': 'services: {app: {ports: !reset [], dns: !override b, labels: , image: ~}}',
    },
    'services: {app: {image: a, dns: b, labels: [x=1]}}',
  ],
  [
    'another driver of logs',
    {
      'compose.yaml': 'services: {app: {logging: {driver: a, options: {x: 1}}}}',
      'compose.override.yaml': 'services: {app: {logging: {driver: b}}}',
    },
    'services: {app: {logging: {driver: b}}}',
  ],
  [
    'several documents',
    { 'compose.yaml': 'services: {app: {image: a}}\n---\nservices: {app: {user: b}}\n---\n# nothing\n' },
    'services: {app: {image: a, user: b}}',
  ],
  [
    'a chain of services',
    {
      'compose.yaml':
        'services: {a: {image: a, cap_add: [X]}, b: {extends: a, cap_add: [Y]}, c: {extends: {service: b}, image: c}}',
    },
    'services: {a: {image: a, cap_add: [X]}, b: {image: a, cap_add: [X, Y]}, c: {image: c, cap_add: [X, Y]}}',
  ],
  [
    'a service of another file, with its paths',
    {
      'compose.yaml': 'services: {app: {extends: {file: sub/base.yml, service: base}}}',
      'sub/base.yml':
        'services: {base: {build: src, env_file: a.env, volumes: ["./d:/d", "e:/e"], extends: {file: ../more.yml, service: m}}}',
      'more.yml': 'services: {m: {user: m, volumes: [{type: bind, source: ./m, target: /m}]}}',
    },
    'services: {app: {build: sub/src, env_file: sub/a.env, user: m, volumes: [{type: bind, source: m, target: /m}, "./sub/d:/d", "e:/e"]}}',
  ],
  [
    'files that are included',
    {
      'compose.yaml': 'include: [a.yml, {path: sub/b.yml}]\nservices: {app: {image: own}}',
      'a.yml': 'name: a\nservices: {app: {image: a, user: u}}\nvolumes: {v: {}}',
      'sub/b.yml': 'include: [c.yml]\nsecrets: {s: {file: s.txt}}',
      'sub/c.yml': 'services: {c: {build: .}}',
    },
    'services: {app: {image: own, user: u}, c: {build: sub}}\nvolumes: {v: {}}\nsecrets: {s: {file: sub/s.txt}}',
  ],
];

for (const [name, texts, whole] of rows)
  test(`one meaning with its parts: ${name}`, () => check(texts, whole));

test('files are looked for from the folder of the file', () => {
  const texts = {
    'deploy/docker-compose.yml': 'services: {app: {extends: {file: base.yml, service: b}}}',
    'deploy/docker-compose.override.yml': 'services: {app: {user: o}}',
    'deploy/base.yml': 'services: {b: {build: .}}',
    'base.yml': 'services: {b: {build: wrong}}',
  };
  check(texts, 'services: {app: {build: ., user: o}}', 'deploy/docker-compose.yml');
});

test('a variant of a file has no override of its own', () => {
  const texts = {
    'compose.prod.yml': 'services: {app: {image: a}}',
    'compose.override.yml': 'services: {app: {user: o}}',
  };
  check(texts, 'services: {app: {image: a}}', 'compose.prod.yml');
});

test('what cannot be followed stays named, and coming round to itself ends', () => {
  const texts = {
    'compose.yaml':
      'include: [gone.yml, compose.yaml]\nservices: {a: {extends: b}, b: {extends: a}, c: {extends: {file: gone.yml, service: x}}}',
  };
  const { root, problems } = read(texts);
  assert.deepEqual(problems, []);
  assert.deepEqual(root.children.get('include')?.value, [{ path: ['gone.yml'] }, { path: ['compose.yaml'] }]);
  const unfollowed = root.children.get('services')?.children.get('c')?.children.get('extends');
  assert.deepEqual(unfollowed?.value, { service: 'x', file: 'gone.yml' });
});

test('what another file says is stated by what brings it in', () => {
  const main = 'services:\n  app:\n    extends: {file: b.yml, service: b}\n';
  const { root } = read({ 'compose.yaml': main, 'b.yml': 'services:\n  b:\n    image: far/away:1\n' });
  const image = root.children.get('services')?.children.get('app')?.children.get('image');
  assert.equal(main.slice(image?.span.start, image?.span.end), 'extends: {file: b.yml, service: b}');
});

test('a mistake in another file is a problem, told of the place that names it', () => {
  const texts = {
    'compose.yaml': 'services:\n  app:\n    extends: {file: b.yml, service: b}\n',
    'b.yml': 'a: 1\na: 2\n',
  };
  const [problem] = read(texts).problems;
  assert.deepEqual(
    [problem?.code, problem?.line, problem?.message.startsWith('b.yml: ')],
    ['duplicate-key', 3, true],
  );
});

test('a variable is one entity, however often it is used', () => {
  const texts = {
    'compose.yaml': `services: {a: {image: "a:\${TAG:-1}"}, b: {image: "b:$TAG", env_file: sub/b.env}}`,
    'sub/b.env': 'export A=1 # one\nB="x y"\nC=\'#\'\n',
  };
  const one = read(texts, 'compose.yaml', { TAG: '2', OTHER: '1' });
  const two = read(texts, 'compose.yaml', { TAG: '3', OTHER: '2' });
  const values = (document: InfraDocument, name: string) =>
    [...(document.root.children.get(name)?.children ?? [])].map(([key, { value }]) => [key, value]);
  assert.deepEqual(values(one, '.env'), [['TAG', '2']]);
  assert.deepEqual(values(two, '.env'), [['TAG', '3']]);
  assert.deepEqual(values(one, 'sub/b.env'), [
    ['A', '1'],
    ['B', 'x y'],
    ['C', '#'],
  ]);
  assert.ok(!sameMeaning(one.root, two.root));
});

test('the name of the project may come from a variable', () => {
  const pinned = {
    'compose.yaml': 'services: {a: {volumes: ["data:/d"]}}\nvolumes: {data: {name: shop_data}}',
  };
  const usual = { 'compose.yaml': 'services: {a: {volumes: ["data:/d"]}}\nvolumes: {data: {}}' };
  const env = { COMPOSE_PROJECT_NAME: 'shop' };
  assert.ok(sameMeaning(read(pinned, 'compose.yaml', env).root, read(usual, 'compose.yaml', env).root));
  assert.ok(!sameMeaning(read(pinned).root, read(usual).root));
});

test('services that extend one another without end of growth are a problem', () => {
  const chain = Array.from(
    { length: 3000 },
    (_, index) => `  s${index + 1}: {extends: s${index}, ports: ["${index}:1", "${index}:2"]}`,
  );
  const { problems } = readDocument('compose', `services:\n  s0: {image: a}\n${chain.join('\n')}\n`);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['too-complex'],
  );
});
