import fc from 'fast-check';

/** Small Compose files that are right, made of the short forms that people write. */
export const stacks: fc.Arbitrary<string> = fc
  .array(fc.subarray(['image', 'container', ...fieldNames()], { minLength: 1 }), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((services) =>
    fc.tuple(...services.map((names, index) => service(`s${index}`, names, services.length))),
  )
  .map(
    (services) =>
      `services:\n${services.join('')}\nvolumes:\n  data:\n  logs:\nnetworks:\n  back:\n  front:\n`,
  );

function service(name: string, names: readonly string[], count: number): fc.Arbitrary<string> {
  const chosen = ['image', ...names.filter((field) => field !== 'image' && field !== 'container')];
  const parts = chosen.map((field) => fields(count)[field] ?? fc.constant(''));
  return fc.tuple(...parts).map((texts) => `  ${name}:\n${texts.join('').replace(/^(?=.)/gm, '    ')}`);
}

function fieldNames(): string[] {
  return Object.keys(fields(1));
}

function fields(count: number): Readonly<Record<string, fc.Arbitrary<string>>> {
  const port = fc.integer({ min: 1, max: 65_000 });
  const word = fc.constantFrom(
    'one',
    'two',
    'three',
    '"on"',
    'a b',
    '1.10',
    '022',
    '~',
    "'it''s'",
    `"$\{V:-w}"`,
    '/x/y',
  );
  return {
    image: one('image', fc.constantFrom('nginx:1', 'redis', 'a/b:2', 'r.io/c@sha256:0')),
    ports: list(
      'ports',
      fc.oneof(
        fc.tuple(port, port).map(([host, own]) => `"${host}:${own}"`),
        port.map((own) => `"127.0.0.1:${own}:${own}/udp"`),
      ),
    ),
    environment: fc.oneof(
      list(
        'environment',
        fc.tuple(fc.constantFrom('A', 'B', 'C'), word).map(([name, value]) => `${name}=${value}`),
      ).filter((text) => new Set(text.match(/[ABC]=/g)).size === text.match(/[ABC]=/g)?.length),
      fc.tuple(word, word).map(([first, second]) => `environment:\n  A: ${first}\n  B: ${second}\n`),
    ),
    volumes: list('volumes', fc.constantFrom('data:/d', './conf:/c:ro', '~/x:/x', '/anon', 'logs:/l')),
    networks: list('networks', fc.constantFrom('back', 'front')),
    depends_on: list(
      'depends_on',
      fc.nat({ max: count - 1 }).map((index) => `s${index}`),
    ),
    command: one('command', fc.constantFrom('run it --now', '["a", "b c"]', 'sh -c "x"', '[]')),
    healthcheck: fc.constantFrom(
      'healthcheck:\n  test: curl x\n  interval: 90s\n  timeout: 5s\n',
      'healthcheck:\n  test: ["CMD", "x"]\n',
    ),
    build: one('build', fc.constantFrom('.', './app', '{context: ., args: [A=one]}')),
    env_file: one('env_file', fc.constantFrom('a.env', '[a.env, b.env]')),
    extra_hosts: list('extra_hosts', fc.constantFrom('db:10.0.0.1', 'h:host-gateway')),
    ...settings(),
  };
}

function settings(): Readonly<Record<string, fc.Arbitrary<string>>> {
  return {
    tmpfs: one('tmpfs', fc.constantFrom('/run', '[/run, /tmp]')),
    cap_add: list('cap_add', fc.constantFrom('SYS_ADMIN', 'NET_ADMIN')),
    labels: fc.constantFrom('labels:\n  a.b: c\n  d: "1"\n', 'labels:\n  - a.b=c\n  - d=1\n'),
    pull_policy: one('pull_policy', fc.constantFrom('missing', 'always')),
    ulimits: fc.constant('ulimits:\n  nofile: 100\n'),
    dns: one('dns', fc.constantFrom('1.1.1.1', '[1.1.1.1, 8.8.8.8]')),
    restart: one('restart', fc.constantFrom('always', '"no"', 'unless-stopped')),
    logging: fc.constant('logging:\n  driver: json-file\n  options:\n    max-size: 10m\n'),
    script: fc.constant('entrypoint:\n  - sh\n  - -c\n  - |\n    first\n      second # no comment\n'),
  };
}

function list(name: string, item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .uniqueArray(item, { minLength: 1, maxLength: 3 })
    .map((items) => `${name}:\n${items.map((text) => `  - ${text}\n`).join('')}`);
}

function one(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return value.map((text) => `${name}: ${text}\n`);
}
