import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { addEntries, type Entries, removeEntries } from '../../../../src/agents/install/entries.ts';
import { hostIds, type Target, userFolders } from '../../../../src/agents/install/host.ts';
import { installableHost } from '../../../../src/agents/install/hosts.ts';
import { hookCommand } from '../../../../src/agents/install/launch.ts';
import { hostOf } from '../../../../src/core/model/settings/hookLine.ts';

const launch = { program: '/usr/bin/node', args: ['/opt/infrahold/dist/cli.js'], windows: false };
const target: Target = {
  level: 'project',
  root: '/work',
  user: userFolders('/home/me', {}),
  launch,
  rules: undefined,
  text: () => undefined,
};
/** But for Kiro, whose hooks are one list: its file is its own. */
const all: readonly Entries[] = hostIds
  .filter((id) => id !== 'kiro')
  .flatMap((id) => installableHost(id).files(target))
  .flatMap((file) => (file.kind === 'entries' ? [file.entries] : []));

/** Settings as somebody may have written them: any values, any blanks, comments and trailing commas. */
const settingsText = fc
  .record({
    value: fc.dictionary(
      fc
        .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 })
        .filter((name) => name !== '__proto__'),
      fc.jsonValue({ maxDepth: 2 }),
      { maxKeys: 4 },
    ),
    hooks: fc.option(fc.constantFrom('PreToolUse', 'preToolUse', 'BeforeTool', 'pre_write_code', 'Stop')),
    indent: fc.constantFrom('  ', '\t', '    ', ''),
    comment: fc.boolean(),
    trailing: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ value, hooks, indent, comment, trailing, lineEnd }) => {
    const others = hooks === null ? {} : { hooks: { [hooks]: [{ command: './mine.sh' }] } };
    const { hooks: _, version: __, permissions: ___, ...rest } = value;
    const text = JSON.stringify({ ...rest, ...others }, null, indent);
    const commented = comment && indent !== '' ? text.replaceAll(/,\n/g, ', // why\n') : text;
    const trailed =
      trailing && indent !== '' ? commented.replace(/\n\}$/, ',\n}').replace('{,', '{') : commented;
    return trailed === '{}' ? '{}' : `${trailed.replaceAll('\n', lineEnd)}${lineEnd}`;
  })
  // Whoever reads this name for the comparison makes a prototype of its value.
  .filter((text) => parsed(text) !== undefined && !text.includes('"__proto__"'));

test('what is added to any settings can be read, keeps every other value, and goes without a trace', (t) => {
  let texts = 0;
  fc.assert(
    fc.property(settingsText, fc.constantFrom(...all), (text, entries) => {
      texts++;
      const added = addEntries(text, entries);
      if ('why' in added) return assert.fail(`${added.why}\n${text}`);
      assert.ok(added.text !== undefined);
      const now = parsed(added.text);
      assert.ok(now !== undefined, added.text);
      for (const { path, value } of entries.elements) {
        const list = path.reduce<unknown>((at, name) => Reflect.get(Object(at), name), now);
        assert.ok(Array.isArray(list) && list.some((one) => isSame(one, value)), added.text);
      }
      assert.deepEqual(addEntries(added.text, entries), added, 'a second time changes nothing');
      const removed = removeEntries(added.text, entries);
      // Nothing but a frame of ours: such a file is of no use to anybody.
      if ('text' in removed && removed.text === undefined) return assert.deepEqual(parsed(text), {});
      const kept = 'text' in removed ? (removed.text ?? '') : '';
      // Where a version had to be added it stays: it is the host's, and it may have been there.
      const { version: _, ...left } = parsed(kept) ?? {};
      assert.deepEqual(left, parsed(text), `${text}\n${kept}`);
      if (entries.frame.length === 0 && text.trim() !== '{}') assert.equal(kept, text);
    }),
    { numRuns: 800 },
  );
  t.diagnostic(
    `settings sweep: ${texts} texts of any shape, each with the entries of one host added and removed`,
  );
});

test('a command is recognised as ours wherever the program lies, and nobody else’s is', () => {
  const programs = ["/opt/it's mine/cli.js", '/a b/$HOME/cli.js', 'C:\\Program Files\\Infrahold\\cli.js'];
  for (const args of programs) {
    for (const windows of [true, false]) {
      assert.equal(hostOf(hookCommand({ program: 'node', args: [args], windows }, 'codex')), 'codex', args);
    }
  }
  assert.equal(hostOf('infrahold hook copilot-cli || true'), 'copilot-cli');
  for (const other of ['./my-cli.js hook gemini', 'notinfrahold hook x', 'git hook run', 'infrahold log']) {
    assert.equal(hostOf(other), undefined, other);
  }
});

function parsed(text: string): Record<string, unknown> | undefined {
  const errors: never[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  try {
    assert.deepEqual(one, other);
    return true;
  } catch {
    return false;
  }
}
