import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameMeaning } from '../../../../src/core/diff/equal.ts';
import { readDocument } from '../../../../src/core/model/read.ts';

/** Two bodies of one service, in flow style: do they mean the same? */
function check(one: string, other: string, expected: boolean): void {
  const [before, after] = [one, other].map((body) => readDocument('compose', `services: {app: {${body}}}`));
  assert.deepEqual([before?.problems, after?.problems], [[], []]);
  assert.ok(before && after);
  assert.equal(sameMeaning(before.root, after.root), expected);
}

const same: readonly (readonly [string, string, string])[] = [
  ['a range and its ports', 'ports: ["3000-3002:3000-3002"]', 'ports: ["3001:3001", 3000:3000, 3002:3002]'],
  ['a range of container ports', 'ports: ["3000-3001"]', 'ports: [3000, 3001]'],
  [
    'an IPv6 address, short and long',
    'ports: ["[::1]:80:80"]',
    'ports: [{target: 80, published: 80, host_ip: "::1"}]',
  ],
  ['no host port, short and long', 'ports: ["127.0.0.1::80"]', 'ports: [{target: 80, host_ip: 127.0.0.1}]'],
  ['every address, twice', 'ports: ["0.0.0.0:80:80", "80:80"]', 'ports: ["80:80"]'],
  ['a port of a variable', 'ports: ["$P:80"]', `ports: ["\${P}:80/tcp"]`],
  ['a mount option nobody knows', 'volumes: ["./d:/d:cached"]', 'volumes: ["./d:/d"]'],
  ['a mount that may be written', 'volumes: ["data:/d:rw"]', 'volumes: ["data:/d"]'],
  [
    'a bind, short and long',
    'volumes: ["./d:/d:ro"]',
    'volumes: [{type: bind, source: d, target: /d, read_only: true}]',
  ],
  ['a Windows path', 'volumes: ["C:/d:/d"]', 'volumes: [{type: bind, source: "C:/d", target: /d}]'],
  [
    'a temporary mount in two units',
    'volumes: [{type: tmpfs, target: /t, tmpfs: {size: 1m}}]',
    'volumes: [{type: tmpfs, target: /t, tmpfs: {size: 1048576}}]',
  ],
  ['an environment in two forms', 'environment: [A=1, B, C=]', 'environment: {B: , C: "", A: 1}'],
  ['a variable set twice in a list', 'environment: [A=1, A=2]', 'environment: [A=2]'],
  ['two ways to name a variable', 'hostname: $A', `hostname: "\${A}"`],
  ['a default that is empty', `hostname: "h\${A:-}"`, `hostname: "h\${A}"`],
  ['a variable in a default', `hostname: "\${A:-$B}"`, `hostname: "\${A:-\${B}}"`],
  ['a number of processor time that is nothing', 'image: a, cpu_period: 0, cpu_quota: 0', 'image: a'],
  ['labels in two forms', 'labels: ["a=b", c]', 'labels: {c: "", a: b}'],
  ['a command with quotes', `command: sh -c "echo 'a b'"`, `command: ["sh", "-c", "echo 'a b'"]`],
  ['a command behind which a shell would go on', 'command: a b 2>&1', 'command: [a, b]'],
  ['escaped blanks', 'command: a\\ b', 'command: ["a b"]'],
  [
    'dependencies in two forms',
    'depends_on: [a, b]',
    'depends_on: {b: {condition: service_started}, a: {condition: service_started, required: true, restart: false}}',
  ],
  ['networks in two forms', 'networks: [a, b]', 'networks: {b: , a: {}}'],
  ['the default network', 'networks: [default]', ''],
  ['aliases in another order', 'networks: {a: {aliases: [x, y]}}', 'networks: {a: {aliases: [y, x]}}'],
  ['build arguments in two forms', 'build: {context: ., args: [A=1, B]}', 'build: {args: {A: 1, B: }}'],
  ['a build context', 'build: ./app/', 'build: {context: app, dockerfile: Dockerfile}'],
  ['hosts in two forms', 'extra_hosts: ["h:::1", "g=1.1.1.1"]', 'extra_hosts: {g: 1.1.1.1, h: "[::1]"}'],
  ['one limit for both', 'ulimits: {nofile: 5}', 'ulimits: {nofile: {hard: 5, soft: 5}}'],
  ['graphics cards', 'gpus: all', 'gpus: [{count: all}]'],
  ['capabilities in another order', 'cap_add: [A, B]', 'cap_add: [B, A]'],
  [
    'placement constraints in another order',
    'deploy: {placement: {constraints: [a, b]}}',
    'deploy: {placement: {constraints: [b, a]}}',
  ],
  ['durations', 'healthcheck: {interval: 90s}', 'healthcheck: {interval: 1m30s}'],
  ['a check that is switched off', 'healthcheck: {disable: true}', 'healthcheck: {test: ["NONE"]}'],
  ['a check of the shell', 'healthcheck: {test: curl x}', 'healthcheck: {test: [CMD-SHELL, curl x]}'],
  ['sizes', 'shm_size: 64m', 'shm_size: "64 MiB"'],
  ['switches', 'privileged: "yes"', 'privileged: true'],
  ['a switch that is off anyway', 'tty: false', ''],
  ['sections that hold nothing', 'ports: [], environment: {}, labels: [], deploy: {}, healthcheck: {}', ''],
  ['a key that Compose does not read', 'x-a: 1, healthcheck: {x-b: 2}', ''],
  ['replicas', 'scale: 2', 'deploy: {replicas: 2}'],
  ['memory', 'mem_limit: 1g', 'deploy: {resources: {limits: {memory: 1024m}}}'],
  ['an image of Docker', 'image: docker.io/library/redis', 'image: redis:latest'],
  ['secrets in two forms', 'secrets: [a]', 'secrets: [{source: a, target: /run/secrets/a}]'],
  ['modes', 'secrets: [{source: a, mode: 0440}]', 'secrets: [{source: a, mode: "440"}]'],
  [
    'options of a driver',
    'logging: {driver: x, options: {max-file: 3}}',
    'logging: {driver: x, options: {max-file: "3"}}',
  ],
  ['a file of variables', 'env_file: ./a.env', 'env_file: [{path: a.env, required: true}]'],
  ['devices', 'devices: [/dev/a]', 'devices: [{source: /dev/a, target: /dev/a, permissions: rwm}]'],
  ['a flow pair as an item', 'labels: ["a=1"]', 'labels: {a: 1}'],
  ['a service that is reset', 'ports: !reset ["80:80"]', ''],
];

const different: readonly (readonly [string, string, string])[] = [
  ['a port and a port of one address', 'ports: ["80:80"]', 'ports: ["127.0.0.1:80:80"]'],
  ['a port and one that names every address', 'ports: ["80:80"]', 'ports: ["0.0.0.0:80:80"]'],
  ['a choice of host ports and three ports', 'ports: ["80-82:80"]', 'ports: ["80:80", "81:80", "82:80"]'],
  ['a container port that a variable says', `ports: ["80:$P"]`, `ports: ["80:$P/tcp"]`],
  ['a volume and a folder', 'volumes: ["data:/d"]', 'volumes: ["./d:/d"]'],
  [
    'a folder that is not made',
    'volumes: ["./d:/d"]',
    'volumes: [{type: bind, source: ./d, target: /d, bind: {create_host_path: false}}]',
  ],
  ['null and an empty text', 'environment: {A: }', 'environment: {A: ""}'],
  ['a section of nothing', 'environment: ', ''],
  ['an escaped dollar', 'hostname: $$A', 'hostname: $A'],
  ['another default', `hostname: "\${A:-b}"`, `hostname: "\${A-b}"`],
  ['a variable that must be set', `hostname: "\${A}"`, `hostname: "\${A?}"`],
  ['a name with a variable', 'environment: {"$A": x}', 'environment: ["$A=x"]'],
  ['a command that is cleared', 'command: []', ''],
  ['a variable in a text and as an argument', 'command: a $B', 'command: [a, $B]'],
  ['one argument and two', 'command: ["a b"]', 'command: a b'],
  ['the order of name servers', 'dns: [a, b]', 'dns: [b, a]'],
  ['the order of env files', 'env_file: [a, b]', 'env_file: [b, a]'],
  [
    'a dependency that may be missing',
    'depends_on: [a]',
    'depends_on: {a: {condition: service_started, required: false}}',
  ],
  ['a number for a text', 'user: 1000', 'user: "1000"'],
  ['a boolean for a policy', 'restart: false', 'restart: "no"'],
  ['a bare number for a duration', 'stop_grace_period: 60', 'stop_grace_period: 60s'],
  ['two sizes', 'mem_limit: 1g', 'mem_limit: 1000m'],
  ['two modes', 'secrets: [{source: a, mode: 0440}]', 'secrets: [{source: a, mode: 440}]'],
  ['a key nobody knows', 'frob: {a: [1, 2]}', 'frob: {a: [2, 1]}'],
  ['an unknown key with nothing', 'frob: ', ''],
  ['an unknown key under a known one', 'healthcheck: {frob: 1}', 'healthcheck: {frob: 2}'],
  [
    'a name that objects have',
    'environment: {constructor: a, __proto__: b}',
    'environment: {constructor: a}',
  ],
  ['an image by digest', 'image: a@sha256:1', 'image: a'],
];

for (const [name, one, other] of same) test(`the same: ${name}`, () => check(one, other, true));
for (const [name, one, other] of different) test(`not the same: ${name}`, () => check(one, other, false));
