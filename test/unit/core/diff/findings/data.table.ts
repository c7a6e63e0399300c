import { type Row, web } from './row.ts';

const mounted = (mount: string, volumes = 'data: {}', more = '') =>
  `${more}${web(`volumes: ["${mount}"]`)}volumes:\n  ${volumes}\n`;
const row = (name: string, before: string, after: string, ...expected: readonly string[]): Row => ({
  name,
  before,
  after,
  expected,
});
const declared = (said: string) => mounted('data:/d', `data: ${said}`);
const mount = 'services.web.volumes[/d]';

/** What happens to data, row by row of what Compose does (docker/compose pkg/compose/reconcile.go, create.go, down.go). */
export const dataRows: readonly Row[] = [
  row(
    'a volume removed from service and file',
    mounted('data:/d'),
    web(),
    'volumes.data: volume-removed (data loss)',
    `${mount}: volume-unmounted (data loss)`,
  ),
  row(
    'a volume that stays declared is unmounted',
    mounted('data:/d'),
    `${web()}volumes:\n  data: {}\n`,
    `${mount}: volume-unmounted (data loss)`,
  ),
  row(
    'a renamed key',
    mounted('data:/d'),
    mounted('pg:/d', 'pg: {}'),
    'volumes.data: volume-renamed (data loss)',
    `${mount}: volume-swapped (data loss)`,
  ),
  row(
    'a renamed key with the same name',
    mounted('data:/d', 'data: {name: x}'),
    mounted('pg:/d', 'pg: {name: x}'),
  ),
  row(
    'a renamed key with the same name and other labels',
    mounted('data:/d', 'data: {name: x}'),
    mounted('pg:/d', 'pg: {name: x, labels: {a: b}}'),
  ),
  row(
    'a renamed key that is given the name it had',
    mounted('data:/d', 'data: {}', 'name: shop\n'),
    mounted('pg:/d', 'pg: {name: shop_data}', 'name: shop\n'),
  ),
  row(
    'another name',
    declared('{name: x}'),
    declared('{name: y}'),
    'volumes.data.name: volume-renamed (data loss)',
  ),
  row(
    'a name of its own',
    declared('{}'),
    declared('{name: y}'),
    'volumes.data.name: volume-renamed (data loss)',
  ),
  row(
    'a name given up',
    declared('{name: y}'),
    declared('{}'),
    'volumes.data.name: volume-renamed (data loss)',
  ),
  row(
    'another project',
    mounted('data:/d', 'data: {}', 'name: a\n'),
    mounted('data:/d', 'data: {}', 'name: b\n'),
    'name: project-renamed (data loss)',
  ),
  row(
    'another project in which all volumes have their own names',
    mounted('data:/d', 'data: {name: x}', 'name: a\n'),
    mounted('data:/d', 'data: {name: x}', 'name: b\n'),
  ),
  row(
    'another project with an anonymous volume',
    `name: a\n${web('volumes: [/d]')}`,
    `name: b\n${web('volumes: [/d]')}`,
    'name: project-renamed (data loss)',
  ),
  row('another project without volumes', `name: a\n${web()}`, `name: b\n${web()}`),
  {
    name: 'another project by a variable',
    before: mounted('data:/d'),
    after: mounted('data:/d'),
    env: [{ COMPOSE_PROJECT_NAME: 'a' }, { COMPOSE_PROJECT_NAME: 'b' }],
    expected: ['[.env].COMPOSE_PROJECT_NAME: project-renamed (data loss)'],
  },
  {
    name: 'another name by a variable',
    before: declared(`{name: "\${N}"}`),
    after: declared(`{name: "\${N}"}`),
    env: [{ N: 'a' }, { N: 'b' }],
    expected: ['[.env].N: volume-renamed (data loss)'],
  },
  {
    name: 'another folder of data by a variable',
    before: web(`volumes: ["\${ROOT}/pgdata:/d"]`),
    after: web(`volumes: ["\${ROOT}/pgdata:/d"]`),
    env: [{ ROOT: '/a' }, { ROOT: '/b' }],
    expected: ['[.env].ROOT: volume-swapped (data loss)'],
  },
  {
    name: 'a variable that has nothing to do with data',
    before: web(`environment: {A: "\${N}"}`),
    after: web(`environment: {A: "\${N}"}`),
    env: [{ N: 'a' }, { N: 'b' }],
    expected: [],
  },
  row(
    'a driver',
    declared('{}'),
    declared('{driver: nfs}'),
    'volumes.data.driver: volume-driver-changed (data loss)',
  ),
  row('the default driver written out', declared('{}'), declared('{driver: local}')),
  row('the default driver no longer written out', declared('{driver: local}'), declared('{}')),
  row(
    'options of the driver',
    declared('{driver_opts: {device: /a}}'),
    declared('{driver_opts: {device: /b}}'),
    'volumes.data.driver_opts.device: volume-driver-changed (data loss)',
  ),
  row(
    'options of the driver gone',
    declared('{driver_opts: {device: /a}}'),
    declared('{}'),
    'volumes.data.driver_opts.device: volume-driver-changed (data loss)',
  ),
  row('labels', declared('{}'), declared('{labels: {a: b}}'), 'volumes.data.labels.a: volume-labels-changed'),
  row(
    'a volume for a folder',
    mounted('data:/d'),
    mounted('./data:/d'),
    `${mount}: volume-to-bind (data loss)`,
  ),
  row(
    'a folder for a volume',
    mounted('./data:/d'),
    mounted('data:/d'),
    `${mount}: bind-to-volume (data loss)`,
  ),
  row(
    'another volume',
    mounted('data:/d', 'data: {}\n  other: {}'),
    mounted('other:/d', 'data: {}\n  other: {}'),
    `${mount}: volume-swapped (data loss)`,
  ),
  row('another target', mounted('data:/d'), mounted('data:/e'), `${mount}: volume-unmounted (data loss)`),
  row(
    'another folder within the volume',
    web('volumes: [{type: volume, source: data, target: /d, volume: {subpath: a}}]'),
    web('volumes: [{type: volume, source: data, target: /d, volume: {subpath: b}}]'),
    `${mount}: volume-swapped (data loss)`,
  ),
  row(
    'a volume with one letter, which is an anonymous one',
    mounted('vv:/d', 'vv: {}'),
    mounted('v:/d', 'v: {}'),
    'volumes.vv: volume-renamed (data loss)',
    `${mount}: volume-unmounted (data loss)`,
  ),
  row('an anonymous volume kept', web('volumes: [/d]', 'tty: true'), web('volumes: [/d]')),
  row(
    'another anonymous target',
    web('volumes: [/d]'),
    web('volumes: [/e]'),
    `${mount}: volume-unmounted (data loss)`,
  ),
  row(
    'an anonymous volume gets a name',
    web('volumes: [/d]'),
    mounted('data:/d'),
    `${mount}: volume-swapped (data loss)`,
  ),
  row(
    'what a variable names, be it a volume',
    web(`volumes: ["\${V}:/d"]`),
    web('volumes: ["./d:/d"]'),
    `${mount}: volume-to-bind (data loss)`,
  ),
  row(
    'what a variable names unmounted',
    web(`volumes: ["\${V}:/d"]`),
    web(),
    `${mount}: volume-unmounted (data loss)`,
  ),
  row(
    'a file of data moved',
    web('volumes: ["./app.db:/d"]'),
    web('volumes: ["./b/app.db:/d"]'),
    `${mount}: bind-moved (data loss)`,
  ),
  row('what is kept in memory for a volume', web('volumes: [{type: tmpfs, target: /d}]'), mounted('data:/d')),
  row(
    'a folder of data moved',
    web('volumes: ["./pgdata:/d"]'),
    web('volumes: ["./other:/d"]'),
    `${mount}: bind-moved (data loss)`,
  ),
  row(
    'a folder of data unmounted',
    web('volumes: ["./x:/var/lib/mysql"]'),
    web(),
    'services.web.volumes[/var/lib/mysql]: bind-unmounted (data loss)',
  ),
  row('a folder of sources moved', web('volumes: ["./src:/app"]'), web('volumes: ["./lib:/app"]')),
  row(
    'a file of configuration moved',
    web('volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]'),
    web('volumes: ["./conf/nginx.conf:/etc/nginx/nginx.conf"]'),
  ),
  row(
    'a folder that is only read moved',
    web('volumes: ["./data:/d:ro"]'),
    web('volumes: ["./other:/d:ro"]'),
  ),
  row(
    'a volume from outside',
    declared('{}'),
    declared('{external: true}'),
    'volumes.data.external: volume-external-added (data loss)',
  ),
  row(
    'a volume from outside under the name it had',
    declared('{name: x}'),
    declared('{name: x, external: true}'),
  ),
  row(
    'a volume no longer from outside',
    declared('{name: x, external: true}'),
    declared('{name: x}'),
    'volumes.data.external: volume-external-removed (data loss)',
  ),
  row(
    'a service that goes while its volume stays',
    `${mounted('data:/d')}`.replace('volumes:\n  data', '  db:\n    image: postgres\nvolumes:\n  data'),
    'services:\n  db:\n    image: postgres\nvolumes:\n  data: {}\n',
  ),
];
