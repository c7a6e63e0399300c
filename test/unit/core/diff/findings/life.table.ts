import { type Row, web, within } from './row.ts';

const checked = (said: string) => `healthcheck: {test: "curl -f localhost"${said}}`;
const waiting = (said: string) =>
  `${web(`depends_on: ${said}`)}  db:\n    image: postgres\n    healthcheck: {test: x}\n`;
const wait = (name: string, before: string, after: string, ...found: readonly string[]): Row => ({
  name,
  before: waiting(before),
  after: waiting(after),
  expected: found.map((code) => `services.web.depends_on.db: ${code}`),
});

export const lifeRows: readonly Row[] = [
  within('a check removed', checked(''), '', 'healthcheck: healthcheck-removed'),
  within(
    'a check switched off',
    checked(''),
    'healthcheck: {disable: true}',
    'healthcheck.test: healthcheck-removed',
  ),
  within(
    'the check of the image switched off',
    '',
    'healthcheck: {disable: true}',
    'healthcheck: healthcheck-removed',
  ),
  within(
    'a check that always succeeds',
    checked(''),
    'healthcheck: {test: "exit 0"}',
    'healthcheck.test: healthcheck-slackened',
  ),
  within('another check', checked(''), 'healthcheck: {test: "curl -f localhost/ready"}'),
  within(
    'a check less often',
    checked(', interval: 10s'),
    checked(', interval: 10m'),
    'healthcheck.interval: healthcheck-slackened',
  ),
  within(
    'a check as rarely as the default',
    checked(', interval: 10s'),
    checked(''),
    'healthcheck.interval: healthcheck-slackened',
  ),
  within('a check more often', checked(', interval: 10m'), checked(', interval: 10s')),
  within(
    'a check with more retries',
    checked(''),
    checked(', retries: 30'),
    'healthcheck.retries: healthcheck-slackened',
  ),
  within(
    'a check that starts later',
    checked(''),
    checked(', start_period: 1h'),
    'healthcheck.start_period: healthcheck-slackened',
  ),
  within('a slow new check', '', checked(', interval: 10m')),
  within('no restart', 'restart: always', '', 'restart: restart-weakened'),
  within(
    'no restart in so many words',
    'restart: unless-stopped',
    'restart: "no"',
    'restart: restart-weakened',
  ),
  within('a restart on failure only', 'restart: always', 'restart: on-failure', 'restart: restart-weakened'),
  within('a restart that is as good', 'restart: always', 'restart: unless-stopped'),
  within('a restart', '', 'restart: always'),
  within(
    'no restart by way of deploy',
    'deploy: {restart_policy: {condition: any}}',
    'deploy: {restart_policy: {condition: none}}',
    'deploy.restart_policy.condition: restart-weakened',
  ),
  within(
    'no policy by way of deploy',
    'deploy: {restart_policy: {condition: any}, mode: global}',
    'deploy: {mode: global}',
    'deploy.restart_policy: restart-weakened',
  ),
  wait('no waiting for health', '{db: {condition: service_healthy}}', '[db]', 'dependency-weakened'),
  wait('no waiting at all', '[db]', '[]', 'dependency-weakened'),
  wait(
    'a start without it',
    '{db: {condition: service_started}}',
    '{db: {condition: service_started, required: false}}',
    'dependency-weakened',
  ),
  wait(
    'no restart with it',
    '{db: {condition: service_started, restart: true}}',
    '[db]',
    'dependency-weakened',
  ),
  wait('waiting for health', '[db]', '{db: {condition: service_healthy}}'),
  {
    name: 'waiting for what is gone',
    before: waiting('[db]'),
    after: web(),
    expected: [],
  },
  {
    name: 'a service renamed',
    before: web('ports: ["80:80"]'),
    after: web('ports: ["80:80"]').replace('web:', 'front:'),
    expected: ['services.web: service-renamed'],
  },
];
