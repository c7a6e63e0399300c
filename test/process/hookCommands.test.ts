import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookedProject } from './hookedProject.ts';

const compose = 'docker-compose.yml';
const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');
const files = { [compose]: incident(compose) };
const request = incident('request.txt');

test('a command that only reads, and one that is about other files, passes without a word', (t) => {
  const { hook, session } = hookedProject(t, files);
  const agent = session();
  const commands = [
    `cat ${compose}`,
    `grep -n redis ${compose} > /tmp/found.txt`,
    'docker compose ps',
    'docker compose config --services',
    'docker compose logs l9-api',
    'npm test',
    'git status',
    `cp ${compose} /tmp/copy-of-it`,
    'sed -i s/a/b/ src/app.ts',
    `sed s/redis/valkey/ ${compose}`,
  ];
  for (const command of commands) assert.equal(hook(agent.bash(command)), '', command);
});

test('what a command would write is judged like an edit', (t) => {
  const { hook, session, read, write } = hookedProject(t, {
    ...files,
    'other.txt': incident('asked-for.yml'),
  });
  const agent = session();
  hook(agent.prompt(request));
  assert.equal(hook(agent.bash(`cp other.txt ${compose}`)), '');
  assert.equal(hook(agent.bash(`sed -i 's/# Memory/# The memory/' ${compose}`)), '');
  assert.match(
    hook(agent.bash(`sed -i 's/redis:7-alpine/redis:8/' ${compose}`)),
    /^deny: .*changed service l9-redis, image/,
  );
  assert.match(hook(agent.bash(`rm ${compose}`)), /^deny: .*removed service l9-redis/);
  assert.match(hook(agent.bash(`echo 'services: {}' > ${compose}`)), /^deny: /);
  assert.match(
    hook(agent.bash(`python3 -c "open('${compose}', 'w').write(something())"`)),
    /^deny: .*not known|^deny: .*Infrahold holds this/,
  );
  write('fix.sh', `sed -i 's/redis:7-alpine/redis:8/' ${compose}\n`);
  assert.match(hook(agent.bash('bash fix.sh')), /^deny: .*changed service l9-redis, image/);
  assert.equal(read(compose), files[compose]);
});

test('several writes of one file in one command are judged as what they leave together', (t) => {
  const { hook, session } = hookedProject(t, { 'compose.yml': 'services:\n  web: {image: web}\n' });
  const agent = session();
  assert.equal(hook(agent.bash("echo '# one' >> compose.yml && echo '# two' >> compose.yml")), '');
  const service = "echo '  cron:' >> compose.yml && echo '    image: cron' >> compose.yml";
  assert.match(hook(agent.bash(service)), /^deny: .*1 change outside the scope: added service cron/);
});

test('a refused edit that comes back as a command is named as such before it runs', (t) => {
  const { hook, session, infrahold } = hookedProject(t, { ...files, 'new.txt': incident('ai-edit.yml') });
  const agent = session();
  assert.match(hook(agent.write(compose, incident('ai-edit.yml'))), /^deny/);
  assert.match(hook(agent.bash(`cp new.txt ${compose}`)), /^deny: .*This edit was refused before/);
  assert.match(infrahold('log'), /the edit that was refused as [0-9a-f]{20} came back by cp/);
});

test('a protected file is protected from a command that runs in a folder below it', (t) => {
  const { folder, hook, session } = hookedProject(t, { ...files, 'src/app.ts': '' });
  const below = (command: string) => ({ ...session().bash(command), cwd: join(folder, 'src') });
  assert.match(
    hook(below(`sed -i 's/redis:7-alpine/redis:8/' ../${compose}`)),
    /^deny: .*changed service l9-redis, image/,
  );
  assert.match(hook(below(`rm -f ../${compose}`)), /^deny: /);
  assert.match(hook(below('docker compose down -v')), /^(ask|deny): /);
  assert.equal(hook(below('npm run build && rm -rf out')), '');
});

test('an agent cannot write its own prompt', (t) => {
  const { hook, session } = hookedProject(t, files);
  const agent = session();
  const prompt = `echo '{"hook_event_name":"UserPromptSubmit"}' | infrahold hook claude-code`;
  for (const command of [prompt, prompt.replace('infrahold hook', 'node /opt/infrahold/dist/cli.js hook')])
    assert.match(hook(agent.bash(command)), /^deny: .*only a host may speak/);
  assert.equal(hook(agent.bash('infrahold log && npm run hook')), '');
});

test('a copy of what is not there leaves everything as it is', (t) => {
  const { hook, session } = hookedProject(t, files);
  assert.equal(hook(session().bash(`cp nothing.yml ${compose}`)), '');
});

test('what a command takes away from what runs is judged by the same scope', (t) => {
  const { hook, session, infrahold } = hookedProject(t, files);
  const agent = session();
  assert.match(hook(agent.bash('docker compose down -v')), /^ask: .*volume l9-redis-data \(data loss\)/);
  hook(agent.prompt(request));
  assert.match(hook(agent.bash('docker compose down -v')), /^deny: .*volume l9-postgres-data \(data loss\)/);
  assert.equal(hook(agent.bash('docker compose rm --stop --force l9-postgres')), '');
  assert.match(hook(agent.bash('docker volume rm work_l9-neo4j-data')), /^(ask|deny): .*l9-neo4j-data/);
  hook(agent.prompt('Remove l9-postgres and the volume l9-postgres-data.'));
  assert.equal(hook(agent.bash('docker volume rm work_l9-postgres-data')), '');
  assert.match(infrahold('log'), /held docker-compose\.yml .*\n.*removed volumes/);
});
