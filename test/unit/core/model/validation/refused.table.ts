/** A text that can be read, and the problems that it has: `code line:column`, a warning with `?` before it. */
export type Row = readonly [name: string, text: string, problems: readonly string[]];

/** All rows; a real Compose is asked about the same (test/witness). */
export const tables = (): readonly Row[] => [
  ...keysAndKinds,
  ...values,
  ...references,
  ...contradictions,
  ...hostPorts,
];

/** A stack of one service with these lines in it, and what else there is at the top. The lines begin at the fourth. */
function app(lines: string, top = ''): string {
  const inner = lines.split('\n').map((line) => `    ${line}\n`);
  return `services:\n  app:\n    image: nginx\n${inner.join('')}${top}`;
}

const db = '  db:\n    image: postgres\n';

const keysAndKinds: readonly Row[] = [
  ['nothing wrong', app('user: "1000"'), []],
  ['a key that nobody knows', app('owner: me'), ['unknown-key 4:5']],
  ['a misspelled key', app('enviroment: {A: b}'), ['unknown-key 4:5']],
  ['a key of our own', app('x-owner: me'), []],
  ['an unknown key at the top', `${app('tty: true')}owner: me\n`, ['unknown-key 5:1']],
  ['an unknown key far down', app('deploy:\n  resources:\n    limits:\n      ram: 1g'), ['unknown-key 7:11']],
  ['an unknown key in a port', app('ports:\n- target: 80\n  host: 1'), ['unknown-key 6:7']],
  ['an unknown key in an anchor', `x-a: &a\n  owner: me\n${app('<<: *a')}`, ['unknown-key 2:3']],
  ['a number for a user', app('user: 1000'), ['wrong-type 4:5']],
  ['a boolean for a restart', app('restart: false'), ['wrong-type 4:5']],
  ['a text for dependencies', app('depends_on: db', db), ['wrong-type 4:5']],
  ['a mapping for an env file', app('env_file: {path: a.env}'), ['wrong-type 4:5', '?file-not-found 4:5']],
  ['a mapping for a variable', app('environment:\n  A: {}'), ['wrong-type 5:7']],
  ['a list in a list of ports', app('ports: [["80:80"]]'), ['wrong-type 4:13']],
  ['a bare number for a time', app('healthcheck: {test: x, interval: 60}'), ['wrong-type 4:28']],
  ['a section with nothing in it', app('environment:'), ['wrong-type 4:5']],
  ['ports with nothing in them', app('ports:\nuser: a'), ['wrong-type 4:5']],
  ['a dependency with nothing said', app('depends_on:\n  db:', db), ['wrong-type 5:7']],
  ['a version that is a number', `version: 3.8\n${app('tty: true')}`, ['wrong-type 1:1']],
  ['a limit without its other half', app('ulimits: {nofile: {soft: 1}}'), ['missing-key 4:15']],
  ['a dependency without a condition', app('depends_on:\n  db: {required: true}', db), ['missing-key 5:7']],
  ['an unknown condition', app('depends_on:\n  db: {condition: healthy}', db), ['wrong-value 5:12']],
  ['a mount without a kind', app('volumes:\n- target: /a'), ['missing-key 5:7']],
  ['a port without a target', app('ports: [{published: "80"}]'), ['missing-key 4:13']],
  ['a watch without a target', app('develop: {watch: [{path: a, action: sync}]}'), ['missing-key 4:23']],
  ['a mount without a target', app('volumes:\n- type: tmpfs'), ['missing-key 5:7']],
  ['an option twice', app('security_opt: [a, b, a]'), ['repeated-item 4:5']],
  ['a capability twice, which is one', app('cap_add: [A, A]'), []],
  ['a variable in a name', `services:\n  \${NAME}:\n    image: a\n`, ['wrong-name 2:3']],
];

const values: readonly Row[] = [
  ['a protocol that there is not', app('ports: ["8080:80/http"]'), ['wrong-value 4:13']],
  ['an address for a port', app('ports: ["127.0.0.1:80"]'), ['wrong-value 4:13']],
  ['an IPv6 address without brackets', app('ports: ["::1:8080:80"]'), ['wrong-value 4:13']],
  ['an IPv6 address with brackets', app('ports: ["[::1]:8080:80"]'), []],
  ['brackets in the long form', app('ports: [{target: 80, host_ip: "[::1]"}]'), ['wrong-value 4:13']],
  ['ranges of two lengths', app('ports: ["3000-3005:3000-3004"]'), ['wrong-value 4:13']],
  ['a port from a variable', app('ports: ["$P:80"]'), []],
  ['a mount of four parts', app('volumes: ["./d:/data:ro:z"]'), ['wrong-value 4:15']],
  ['a mount of nothing', app('volumes: [":/data"]'), ['wrong-value 4:15']],
  ['a device of four parts', app('devices: ["a:b:c:d"]'), ['wrong-value 4:15']],
  ['a time without a unit', app('stop_grace_period: "30"'), ['wrong-value 4:5']],
  ['a size that is none', app('mem_limit: lots'), ['wrong-value 4:5']],
  ['a switch that is none', app('privileged: "maybe"'), ['wrong-value 4:5']],
  ['a switch that is empty', app('read_only: ""'), ['wrong-value 4:5']],
  ['a switch from a variable', app('read_only: $RO'), []],
  ['a number that is none', app('scale: many'), ['wrong-value 4:5']],
  ['a blank behind a name', app('environment: ["A =1"]'), ['wrong-name 4:19']],
  ['an endless number', app('environment: {A: .inf}'), ['wrong-value 4:19']],
  ['an endless number in quotes', app('environment: {A: ".inf"}'), []],
  ['a quotation left open', app('command: echo "a'), ['wrong-value 4:5']],
  ['a health test that begins with neither', app('healthcheck: {test: [curl, x]}'), ['wrong-value 4:26']],
  ['an expression that is none', app(`hostname: "\${a b}"`), ['wrong-value 4:5']],
  ['an expression left open', app(`hostname: "\${A"`), ['wrong-value 4:5']],
  ['a dollar that is a dollar', app('hostname: "$${A"'), []],
];

const references: readonly Row[] = [
  ['an unknown service to wait for', app('depends_on: [dbb]', db), ['undefined-reference 4:18']],
  [
    'an unknown service that is not required',
    app('depends_on:\n  ghost: {condition: service_started, required: false}'),
    ['undefined-reference 5:7'],
  ],
  ['a link to nobody', app('links: ["db:data"]'), ['undefined-reference 4:13']],
  ['the volumes of nobody', app('volumes_from: [a, "container:b"]'), ['undefined-reference 4:20']],
  ['the network of nobody', app('network_mode: service:vpn'), ['undefined-reference 4:5']],
  ['the processes of nobody', app('pid: service:vpn'), ['undefined-reference 4:5']],
  ['an unknown network', app('networks: [a]'), ['undefined-reference 4:16']],
  ['an unknown network by name', app('networks:\n  a: {aliases: [b]}'), ['undefined-reference 5:7']],
  ['the default network', app('networks: [default]'), []],
  ['an unknown volume', app('volumes: ["dta:/a"]', 'volumes: {data: {}}\n'), ['undefined-reference 4:15']],
  ['a folder', app('volumes: ["./dta:/a"]'), []],
  ['an unknown secret', app('secrets: [a]'), ['undefined-reference 4:15']],
  ['an unknown config', app('configs: [{source: a}]'), ['undefined-reference 4:15']],
  ['an unknown model', app('models: [a]'), ['undefined-reference 4:14']],
  ['an unknown secret of a build', app('build: {context: ., secrets: [a]}'), ['undefined-reference 4:35']],
  ['a service that depends on itself', app('depends_on: [app]'), ['dependency-cycle 4:18']],
  [
    'services that depend on one another',
    app('depends_on: [db]', `${db}    links: [app]\n`),
    ['dependency-cycle 7:13'],
  ],
  [
    'a service that is switched off',
    app('depends_on: [db]', `${db}    profiles: [debug]\n`),
    ['disabled-dependency 4:18'],
  ],
  [
    'a service that is switched off with the one that needs it',
    app('profiles: [debug]\ndepends_on: [db]', `${db}    profiles: [debug]\n`),
    [],
  ],
  [
    'a service that is switched off and not required',
    app('depends_on: {db: {condition: service_started, required: false}}', `${db}    profiles: [debug]\n`),
    [],
  ],
  ['a service of the same file that is not there', app('extends: ghost'), ['undefined-reference 4:5']],
  ['a file that is not there', app('extends: {file: a.yml, service: a}'), ['file-not-found 4:5']],
  ['an included file that is not there', `include: [a.yml]\n${app('tty: true')}`, ['file-not-found 1:11']],
];

const contradictions: readonly Row[] = [
  ['nothing to run', 'services:\n  app:\n    command: [a]\n', ['no-image 2:3']],
  ['an empty image', 'services:\n  app:\n    image: ""\n', ['no-image 2:3']],
  ['an image that a variable names', 'services:\n  app:\n    image: $A\n', []],
  ['a build', 'services:\n  app:\n    build: .\n', []],
  [
    'a mode and networks',
    app('network_mode: host\nnetworks: [a]', 'networks: {a: {}}\n'),
    ['contradiction 5:5'],
  ],
  ['two files to build from', app('build:\n  dockerfile: a\n  dockerfile_inline: b'), ['contradiction 6:7']],
  ['two counts', app('scale: 2\ndeploy: {replicas: 3}'), ['contradiction 4:5']],
  ['two counts that are one', app('scale: 2\ndeploy: {replicas: 2}'), []],
  ['two limits', app('mem_limit: 1g\ndeploy: {resources: {limits: {memory: 2g}}}'), ['contradiction 4:5']],
  [
    'a limit beside another',
    app('mem_limit: 1g\ndeploy: {resources: {limits: {cpus: "1"}}}'),
    ['contradiction 4:5'],
  ],
  ['two limits that are one', app('mem_limit: 1g\ndeploy: {resources: {limits: {memory: 1024m}}}'), []],
  ['one name for two', app('scale: 2\ncontainer_name: web'), ['contradiction 5:5']],
  ['two things on one target', app('tmpfs: [/run]\nvolumes: ["./a:/run"]'), ['contradiction 4:13']],
  ['two volumes on one target', app('volumes: ["./a:/run", "./b:/run"]'), []],
  [
    'an external volume with a driver',
    app('tty: true', 'volumes:\n  a:\n    external: true\n    driver: b\n'),
    ['contradiction 8:5'],
  ],
  ['an external volume with a name', app('tty: true', 'volumes: {a: {external: true, name: b}}\n'), []],
  ['a secret from nowhere', app('tty: true', 'secrets:\n  a: {}\n'), ['missing-key 6:3']],
  [
    'a secret from two places',
    app('tty: true', 'secrets:\n  a: {file: a, environment: b}\n'),
    ['contradiction 6:16'],
  ],
  ['a config with its content', app('tty: true', 'configs:\n  a: {content: b}\n'), []],
];

const hostPorts: readonly Row[] = [
  [
    'one port for two services',
    app('ports: ["80:80"]', `${db}    ports: ["80:5432"]\n`),
    ['?port-published-twice 7:13'],
  ],
  [
    'one port on every address and on one',
    app('ports: ["80:80"]', `${db}    ports: ["127.0.0.1:80:5432"]\n`),
    ['?port-published-twice 7:13'],
  ],
  [
    'one port on two addresses',
    app('ports: ["127.0.0.2:80:80"]', `${db}    ports: ["127.0.0.1:80:5432"]\n`),
    [],
  ],
  ['one port with two protocols', app('ports: ["80:80"]', `${db}    ports: ["80:80/udp"]\n`), []],
  [
    'one port in two profiles',
    app('profiles: [a]\nports: ["80:80"]', `${db}    profiles: [b]\n    ports: ["80:80"]\n`),
    [],
  ],
  ['one port twice in a service', app('ports: ["80:80", "80:81"]'), ['?port-published-twice 4:22']],
  ['a port that the host chooses', app('ports: ["80"]', `${db}    ports: ["80"]\n`), []],
];
