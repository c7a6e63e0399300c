import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commandMayMatter } from '../../../../src/core/commands/mayMatter.ts';
import { readCommand } from '../../../../src/core/commands/readCommand.ts';
import { actionGroups } from './actionRows.ts';
import { fileGroups } from './fileRows.ts';
import { contextIn } from './folder.ts';
import { harmlessRuns } from './harmlessRows.ts';
import { otherGroups } from './otherRows.ts';
import { summaryOf } from './summary.ts';

const cwd = '/work/project';
const context = contextIn(cwd, '/home/somebody');
const known = [...fileGroups, ...actionGroups, ...otherGroups]
  .flatMap(({ commands }) => commands)
  .concat(harmlessRuns);

/** A protected file as people may write it in a command. */
const name = fc.constantFrom(
  'docker-compose.yml',
  './docker-compose.yml',
  '"docker-compose.yml"',
  "'docker-compose.yml'",
  'docker-"compose".yml',
  'docker-compose.y*ml',
  'docker-compose.y{m..m}l',
  '"$PWD/docker-compose.yml"',
  '$(pwd)/docker-compose.yml',
  'sub/../docker-compose.yml',
  `"\${N:-docker-compose.yml}"`,
  '"$(echo docker-compose.yml)"',
  `${cwd}/docker-compose.yml`,
);

/** A way to write or to remove the file that stands in it. */
const writing = fc
  .tuple(
    name,
    fc.constantFrom(
      'sed -i s/a/b/ @',
      'rm @',
      'rm -rf @',
      'echo x > @',
      'echo x >> @',
      'date >| @',
      'date &> @',
      'cp new.yml @',
      'mv new.yml @',
      'mv @ elsewhere.txt',
      'tee @ < new.yml',
      'date | tee -a @',
      'perl -pi -e 1 @',
      'truncate -s 0 @',
      'shred @',
      'git rm @',
      'install new.yml @',
      'dd if=new.yml of=@',
      'unlink @',
      'sort -o @ new.yml',
      'awk -i inplace 1 @',
      'curl -o @ http://127.0.0.1',
      'yq -i .a=1 @',
      'echo @ | xargs rm',
      'find @ -delete',
      'patch @ < x.diff',
    ),
  )
  .map(([file, form]) => form.replace('@', () => file));

/** What may stand around a command without taking its effect away. */
const wrapped = fc.letrec<{ command: string }>((tie) => ({
  command: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    writing,
    tie('command').map((inner) => `( ${inner} )`),
    tie('command').map((inner) => `{ ${inner}\n}`),
    tie('command').map((inner) => `cat notes.txt && ${inner}`),
    tie('command').map((inner) => `true || ${inner}`),
    tie('command').map((inner) => `${inner}\nls -la`),
    tie('command').map((inner) => `if test -f x; then ${inner}\nfi`),
    tie('command').map((inner) => `for i in 1 2; do ${inner}\ndone`),
    tie('command').map((inner) => `while true; do ${inner}\nbreak; done`),
    tie('command').map((inner) => `f() { ${inner}\n}; f`),
    tie('command').map((inner) => `echo "$( ${inner} )"`),
    tie('command').map((inner) => `case a in a) ${inner}\n;; esac`),
    tie('command').map((inner) => `bash <<'END_OF_IT'\n${inner}\nEND_OF_IT\n`),
    tie('command').map((inner) => `sudo bash -c '${inner.replaceAll("'", "'\\''")}'`),
    tie('command').map((inner) => `{ ${inner}\n} & wait`),
    tie('command').map((inner) => `! ${inner}`),
    tie('command').map((inner) => `time ${inner}`),
  ),
})).command;

test('a command that writes a protected file is never without effect, whatever stands around it', (t) => {
  let count = 0;
  fc.assert(
    fc.property(wrapped, (command) => {
      const { writes, removes, unknown } = readCommand(command, context);
      assert.ok(writes.length + removes.length + unknown.length > 0, command);
      assert.ok(commandMayMatter(command), command);
      count++;
    }),
    { numRuns: 3000 },
  );
  t.diagnostic(`command fuzz sweep: ${count} wrapped commands, each with its effect`);
});

test('a second command keeps the effects of the first', () => {
  fc.assert(
    fc.property(writing, fc.constantFrom(...harmlessRuns), (first, second) => {
      const { writes, removes } = readCommand(`${first}\n${second}`, context);
      assert.ok(writes.length + removes.length > 0, `${first}\n${second}`);
    }),
    { numRuns: 1000 },
  );
});

test('no text makes the reading throw, and none takes for ever', (t) => {
  let count = 0;
  const piece = fc.constantFrom(
    ...known,
    ...'\'"$(){}[]<>|&;`\\\n*?~#!= ',
    '<<EOF',
    '$((',
    '${',
    '$(',
    '\uE002',
    '\0',
  );
  const broken = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.constantFrom(...known).chain((text) => fc.nat(text.length).map((at) => text.slice(0, at))),
  );
  fc.assert(
    fc.property(broken, fc.constantFrom('bash' as const, 'powershell' as const), (command, shell) => {
      summaryOf(readCommand(command, { ...context, shell }), cwd);
      count++;
    }),
    { numRuns: 4000 },
  );
  t.diagnostic(`command garbage sweep: ${count} texts read without an error`);
});

test('a command that grows without end is held and not followed', () => {
  const bomb = `f() { f; f; f; }; f; ${'$('.repeat(500)}rm docker-compose.yml${')'.repeat(500)}`;
  const { unknown, removes } = readCommand(bomb, context);
  assert.ok(unknown.length > 0 || removes.length > 0);
  const many = `x=a\n${'x="$x$x"\n'.repeat(40)}rm docker-compose.yml`;
  assert.ok(readCommand(many, context).removes.length > 0 || readCommand(many, context).unknown.length > 0);
  assert.ok(readCommand(`${'a'.repeat(3_000_000)}; rm docker-compose.yml`, context).unknown.length > 0);
  assert.ok(readCommand(`rm ${'*a'.repeat(400)} docker-compose.yml`, context).removes.length > 0);
});
