import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { doorAt, say } from './doorAt.ts';
import { type HookedProject, hookedProject } from './hookedProject.ts';

const compose = 'docker-compose.yml';
const services = 'services:\n  app:\n    image: app:1\n  db:\n    image: db:1\n';
/** Larger than any real file, so that it is judged in a process of its own, and all the same soon judged. */
const large = `${services}${'# what was there before is kept in this remark\n'.repeat(4_000)}`;
const files = { [compose]: large };
const changed = large.replace('image: app:1\n', 'image: other:1\n');

test('a large edit is judged like any other: what means nothing passes, what goes too far is refused and kept', (t) => {
  const project = hookedProject(t, files);
  const agent = project.session();
  assert.equal(project.hook(agent.write(compose, `# a remark\n${large}`, 'c1')), '');
  assert.match(project.hook(agent.write(compose, changed, 'c2')), /^deny: .*1 change outside the scope/);
  const [held, ...others] = project.records().filter(({ event }) => event === 'held');
  assert.deepEqual([held?.path, others], [compose, []]);
  assert.equal(project.infrahold('restore', String(held?.quarantine)), changed);
});

test('a small edit of a large file is judged as well', (t) => {
  const project = hookedProject(t, files);
  const agent = project.session();
  const input = { file_path: join(project.folder, compose), old_string: 'app:1\n', new_string: 'app:2\n' };
  const edit = { ...agent.write(compose, '', 'c1'), tool_name: 'Edit', tool_input: input };
  assert.match(project.hook(edit), /^deny: .*changed service app, image/);
});

test('a person is given the time to answer, though the judgement is not', async (t) => {
  const project = hookedProject(t, files);
  await doorAt(t, project, (socket) => {
    say(socket, { asked: true });
    setTimeout(() => say(socket, { answer: 'approved' }), 3_000);
  });
  assert.equal(await project.hookSoon(project.session().write(compose, changed, 'c1')), '');
});

test('a judgement that does not end, or ends in a crash, is a no, whatever was announced', (t) => {
  const ends = [
    ['for (;;);', /no judgement within 2 s/],
    ['process.abort();', /ended without an answer \(SIGABRT\)/],
    ['process.exit(0);', /ended without an answer \(0\)/],
    [
      'process.send("nonsense", undefined, undefined, () => process.exit(3));',
      /ended without an answer \(3\)/,
    ],
  ] as const;
  for (const [does, expected] of ends) {
    const project = hookedProject(t, files);
    const program = programThat(project, does);
    const agent = project.session();
    assert.match(project.hook(agent.write(compose, changed, 'c1'), 'claude-code', program), expected);
    const command = `rm ${compose}; ${': a; '.repeat(5_000)}`;
    assert.match(project.hook(agent.bash(command, 'c2'), 'claude-code', program), expected);
    assert.equal(project.read(compose), large);
  }
});

test('a text that would fill the memory is a no', (t) => {
  const project = hookedProject(t, { [compose]: services });
  const agent = project.session();
  const commas = `${services}x-list: [${','.repeat(7_000_000)}]\n`;
  const answer = project.hook(agent.write(compose, commas, 'c1'));
  // On a machine that is busy the time may be over first.
  assert.match(answer, /^deny: .*(?:more than 500000 words|no judgement within 2 s)/);
});

test('whoever starts the second process by hand is told nothing', (t) => {
  const project = hookedProject(t, files);
  const program = join(project.stateHome, 'apart.cjs');
  writeFileSync(
    program,
    `process.argv.push('--apart');\nrequire(${JSON.stringify(resolve('dist', 'cli.js'))});\n`,
  );
  const answer = project.hook(project.session().write(compose, changed, 'c1'), 'claude-code', program);
  assert.match(answer, /^deny: .*--apart is for Infrahold itself/);
});

/** The program, but for the process that judges what is large. */
function programThat({ stateHome }: HookedProject, does: string): string {
  const program = join(stateHome, 'program.cjs');
  const cli = JSON.stringify(resolve('dist', 'cli.js'));
  writeFileSync(program, `if (process.send) { ${does} } else require(${cli});\n`);
  return program;
}
