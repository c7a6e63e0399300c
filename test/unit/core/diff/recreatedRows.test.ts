import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { recreatedBetween } from '../../../../src/core/diff/recreated.ts';
import { readDocument } from '../../../../src/core/model/read.ts';

/** A text, and what lies beside it. */
interface Side {
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A name, both sides, what is made anew, and whether the two mean the same all the while. */
type Row = readonly [name: string, before: Side, after: Side, expected: readonly string[], same?: 'same'];

const app = (...fields: readonly string[]): Side => ({
  text: ['services:', '  app:', '    image: nginx', ...fields.map((field) => `    ${field}`), ''].join('\n'),
});
const more = (side: Side, text: string, rest: Omit<Side, 'text'> = {}): Side => ({
  ...rest,
  text: side.text + text,
});
const named = (side: Side): Side => ({ ...side, text: `name: shop\n${side.text}` });

const rows: readonly Row[] = [
  ['the same', app('tty: true'), app('tty: true'), [], 'same'],
  [
    'ports in another order',
    app('ports: ["1:1", "2:2"]'),
    app('ports: ["2:2", "1:1"]'),
    ['service:app'],
    'same',
  ],
  [
    'a short port written out',
    app('ports: ["1:1"]'),
    app('ports: [{target: 1, published: "1", protocol: tcp, mode: ingress}]'),
    [],
    'same',
  ],
  [
    'a short mount written out',
    app('volumes: ["./d:/d"]'),
    app('volumes: [{type: bind, source: ./d, target: /d}]'),
    ['service:app'],
    'same',
  ],
  [
    'a short mount written out in full',
    app('volumes: ["./d:/d"]'),
    app('volumes: [{type: bind, source: d, target: /d/, bind: {create_host_path: true}}]'),
    [],
    'same',
  ],
  [
    'variables in another order',
    app('environment: [A=1, B=2]'),
    app('environment: {B: 2, A: 1}'),
    [],
    'same',
  ],
  [
    'an exposed port with its protocol',
    app('expose: [80]'),
    app('expose: ["80/tcp"]'),
    ['service:app'],
    'same',
  ],
  [
    'a tag that is there anyway',
    app(),
    { text: app().text.replace('nginx', 'nginx:latest') },
    ['service:app'],
    'same',
  ],
  [
    'a limit by way of deploy',
    app('mem_limit: 1g'),
    app('deploy: {resources: {limits: {memory: 1g}}}'),
    ['service:app'],
    'same',
  ],
  ['an empty deploy', app(), app('deploy: {}'), ['service:app'], 'same'],
  [
    'an attribute that says what is so anyway',
    app(),
    app('attach: true', 'restart: "no"'),
    ['service:app'],
    'same',
  ],
  ['a switch that is off anyway', app(), app('privileged: false', 'tty: no'), [], 'same'],
  ['a network said to be nothing', app('networks: [n]'), app('networks: {n: {}}'), ['service:app'], 'same'],
  ['another command', app('command: a'), app('command: b'), ['service:app']],
  ['another build', app('build: .'), app('build: ./b'), []],
  [
    'a dependency',
    more(app(), '  db:\n    image: db\n'),
    more(app('depends_on: [db]'), '  db:\n    image: db\n'),
    [],
  ],
  ['replicas', app('scale: 1'), app('scale: 3'), []],
  [
    'the text of a config',
    more(app('configs: [c]'), 'configs:\n  c: {content: a}\n'),
    more(app('configs: [c]'), 'configs:\n  c: {content: b}\n'),
    [],
  ],
  ['an extension', app(), app('x-note: 1'), [], 'same'],
  ['a service that comes', app(), more(app(), '  db:\n    image: db\n'), ['+service:db']],
  [
    'a service that is renamed',
    app(),
    { text: app().text.replace('app:', 'web:') },
    ['+service:web', '-service:app'],
  ],
  [
    'the last service that leaves the implied network',
    app(),
    more(app('networks: [n]'), 'networks:\n  n:\n'),
    ['+network:n', '-network:default', 'service:app'],
  ],
  [
    'a network with the driver it has anyway',
    more(app('networks: [n]'), 'networks:\n  n:\n'),
    more(app('networks: [n]'), 'networks:\n  n: {driver: bridge}\n'),
    ['network:n'],
  ],
  [
    'a volume with the driver it has anyway',
    more(app('volumes: ["data:/d"]'), 'volumes:\n  data:\n'),
    more(app('volumes: ["data:/d"]'), 'volumes:\n  data: {driver: local}\n'),
    [],
  ],
  [
    'a volume with the name it has anyway',
    named(more(app('volumes: ["data:/d"]'), 'volumes:\n  data:\n')),
    named(more(app('volumes: ["data:/d"]'), 'volumes:\n  data: {name: shop_data}\n')),
    [],
    'same',
  ],
  [
    'a volume from outside',
    more(app('volumes: ["data:/d"]'), 'volumes:\n  data:\n'),
    more(app('volumes: ["data:/d"]'), 'volumes:\n  data: {external: true}\n'),
    ['volume:data'],
  ],
  [
    'another project',
    named(more(app(), 'volumes:\n  data:\n')),
    more({ text: `name: other\n${app().text}` }, 'volumes:\n  data:\n'),
    ['network:default', 'volume:data'],
  ],
  [
    'a variable that one service names',
    more(app(`hostname: "\${H}"`), '  db:\n    image: db\n', { env: { H: 'a' } }),
    more(app(`hostname: "\${H}"`), '  db:\n    image: db\n', { env: { H: 'b' } }),
    ['service:app'],
  ],
  [
    'a variable that says what is the default',
    { ...app(`hostname: "\${H:-a}"`), env: {} },
    { ...app(`hostname: "\${H:-a}"`), env: { H: 'a' } },
    [],
  ],
  [
    'a variable that the container is given',
    { ...app('environment: [A]'), env: { A: '1' } },
    { ...app('environment: [A]'), env: { A: '2' } },
    ['service:app'],
  ],
  [
    'a name that a variable gives',
    { ...app('environment: ["$K=v"]'), env: { K: 'A' } },
    { ...app('environment: {A: v}'), env: { K: 'A' } },
    [],
    'same',
  ],
  [
    'a key that only looks like a variable',
    { ...app('environment: {"$K": v}'), env: { K: 'A' } },
    { ...app('environment: {A: v}'), env: { K: 'A' } },
    ['service:app'],
  ],
  [
    'another default, which some environment tells',
    app(`hostname: "\${H:-a}"`),
    app(`hostname: "\${H-a}"`),
    ['service:app'],
  ],
  [
    'what a file of variables says',
    { ...app('env_file: a.env'), files: { 'a.env': 'A=1\n' } },
    { ...app('env_file: a.env'), files: { 'a.env': 'A=2\n' } },
    ['service:app'],
  ],
  [
    'a remark in a file of variables',
    { ...app('env_file: a.env'), files: { 'a.env': 'A=1\n' } },
    { ...app('env_file: a.env'), files: { 'a.env': '# one\nA="1"\n' } },
    [],
  ],
  [
    'a variable moved out of its file',
    { ...app('env_file: a.env'), files: { 'a.env': "A='$x'\nB=2\n" } },
    { ...app('env_file: a.env', 'environment: {A: $$x}'), files: { 'a.env': 'B=2\n' } },
    [],
  ],
  [
    'a file of variables with escapes in quotes',
    { ...app('env_file: a.env'), files: { 'a.env': 'A="x\\n\\$y"\n' } },
    app('environment: {A: "x\\n$$y"}'),
    [],
  ],
  [
    'a variable that the service takes away',
    { ...app('env_file: a.env'), files: { 'a.env': 'A=1\n' } },
    { ...app('env_file: a.env', 'environment: [A]'), files: { 'a.env': 'A=1\n' } },
    ['service:app'],
  ],
  [
    'a file of variables that nobody can read',
    app('env_file: a.env'),
    app('env_file: [{path: ./a.env, required: true}]'),
    [],
    'same',
  ],
  [
    'what an override file says',
    { ...app(), files: { 'compose.override.yaml': app('tty: true').text } },
    { ...app(), files: { 'compose.override.yaml': app('tty: false').text } },
    ['service:app'],
  ],
  [
    'what moves into an override file',
    app('tty: true'),
    { ...app(), files: { 'compose.override.yaml': app('tty: true').text } },
    [],
    'same',
  ],
];

for (const [name, before, after, expected, same] of rows) {
  test(`what is made anew by: ${name}`, async () => {
    const documents = [read(before), read(after)] as const;
    assert.deepEqual([...documents[0].problems, ...documents[1].problems], []);
    assert.deepEqual(await recreatedBetween(...documents), expected);
    if (same) assert.deepEqual(changesBetween(...documents), []);
  });
}

function read({ text, files = {}, env }: Side) {
  const beside = new Map(Object.entries(files));
  return readDocument('compose', text, {
    name: 'compose.yaml',
    read: (path) => beside.get(path),
    ...(env && { env }),
  });
}
