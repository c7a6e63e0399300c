import fc from 'fast-check';

/** Texts of lines that are each likely enough, in any order and at any indent: most are broken somewhere. */
export const roughTexts = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(roughLine(), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\n', '\n', '\r\n'),
      fc.boolean(),
    )
    .map(([lines, end, isEnded]) => lines.join(end) + (isEnded ? end : ''));

/** Texts of nested pairs and items, right but for what single lines are spoilt with. */
export const neatTexts = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.tuple(key(), branch(3)), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('\n', '\n', '\r\n'),
      spoil(),
    )
    .map(([pairs, end, spoilt]) => {
      const lines = pairs.flatMap(([name, value], index) => pairLines(`${name}${index}`, value));
      return spoilt(lines).join(end) + end;
    });

type Branch =
  | string
  | { readonly pairs: readonly (readonly [string, Branch])[]; readonly unit: number }
  | { readonly items: readonly Branch[]; readonly unit: number };

function branch(depth: number): fc.Arbitrary<Branch> {
  if (depth === 0) return scalar();
  const unit = fc.constantFrom(2, 2, 4, 1, 3);
  return fc.oneof(
    scalar(),
    fc.record({ pairs: fc.array(fc.tuple(key(), branch(depth - 1)), { minLength: 1, maxLength: 3 }), unit }),
    fc.record({
      items: fc.array(branch(depth - 1), { minLength: 1, maxLength: 3 }),
      unit: fc.constantFrom(0, 2, 4),
    }),
  );
}

function pairLines(name: string, value: Branch): string[] {
  if (typeof value === 'string') return `${name}: ${value}`.split('\n');
  return [`${name}:`, ...shifted(linesOf(value), value.unit)];
}

function linesOf(value: Branch): string[] {
  if (typeof value === 'string') return value.split('\n');
  if ('pairs' in value)
    return value.pairs.flatMap(([name, part], index) => pairLines(`${name}${index}`, part));
  return value.items.flatMap((item) => {
    const [first = '', ...rest] = linesOf(item);
    return [`- ${first}`, ...shifted(rest, 2)];
  });
}

function shifted(lines: readonly string[], by: number): string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
}

function roughLine(): fc.Arbitrary<string> {
  const indent = fc.constantFrom(0, 0, 0, 0, 0, 2, 2, 2, 4, 4, 1, 3, 6).map((count) => ' '.repeat(count));
  const body = fc.oneof(
    fc
      .tuple(key(), fc.constantFrom(': ', ': ', ': ', ': ', ':  ', ':', ' : '), scalar())
      .map((parts) => parts.join('')),
    key().map((name) => `${name}:`),
    fc
      .tuple(
        fc.constantFrom('- ', '-   ', '-', '- - '),
        fc.oneof(
          scalar(),
          key().map((name) => `${name}: x`),
        ),
      )
      .map((parts) => parts.join('')),
    scalar(),
    fc.constantFrom('', '# note', '---', '...', '? a', '{', ']', '%YAML 1.2', '\t', '- '),
  );
  return fc.tuple(indent, body, trailer()).map((parts) => parts.join(''));
}

function trailer(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    fc.constantFrom(' ', ' # note', '# note', '  ', '\t', ' #', ' # note\ra: b', ' # note\u2028  a: b'),
  );
}

function key(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 120, arbitrary: fc.constantFrom('a', 'services', 'b-c', 'x-y', 'd.e/f', 'A_1', 'no') },
    fc.constantFrom('true', 'null', '1', '"q"', '<<', 'é', '$v', '~', 'a b', "'q'"),
  );
}

function scalar(): fc.Arbitrary<string> {
  const word = fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...tame) }, fc.constantFrom(...wild));
  const blockLine = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('  text', '  a: b', '', '  # no') },
    fc.constantFrom('   more', ' less', '  end ', '   '),
  );
  return fc.oneof(
    { weight: 40, arbitrary: word },
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
    fc
      .tuple(
        fc.constantFrom('|', '>', '|-', '>-', '|', '>', '|', '|-', '|+', '|2'),
        fc.array(blockLine, { minLength: 1, maxLength: 4 }),
      )
      .map(([head, lines]) => [head, ...lines].join('\n')),
    fc.array(word, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(key(), word), { maxLength: 3 })
      .map((pairs) => `{${pairs.map(([name, value]) => `${name}: ${value}`).join(', ')}}`),
  );
}

const tame = [
  ...[
    'x',
    '1',
    '022',
    '1.10',
    'yes',
    'true',
    'null',
    '~',
    '2024-01-01',
    '"80:80"',
    "'it''s'",
    '80:80',
    '"a\\nb"',
  ],
  ...[
    'a b',
    'a  b',
    '/p',
    './p',
    '$A',
    `$\{A:-b}`,
    '-1',
    '--x',
    '""',
    "''",
    'a#b',
    '[]',
    '{}',
    '[a, [b]]',
    '{a: {b: c}}',
  ],
  ...['http://x:1/y', '~/x', '.x', '+1', '_', '(x)', '[a, "b"]', 'a # note'],
] as const;

const wild = [
  ...[
    '"\\q"',
    '-',
    '*a',
    '&a x',
    '!!str 1',
    '@x',
    '`x',
    '%x',
    '!reset []',
    ':x',
    'a:',
    'a: b',
    'é',
    '\u00a0',
  ],
  ...[
    'x\u00a0',
    '=',
    '<<',
    '[a',
    '\\x',
    '^x',
    ';x',
    ',x',
    '?x',
    '? x',
    '|x',
    '"a" b',
    '"a"b',
    "'a",
    '- x',
    '[a,]',
    '{a}',
  ],
  ...[
    '[a: b]',
    '{"a": b}',
    '{"a":b}',
    "[a, 'b' c]",
    '\ufeff',
    '---',
    '...',
    '[a #b]',
    '[a:]',
    '[-]',
    '[- a]',
    '[-, a]',
    '"a',
    '{a:b}',
  ],
] as const;

const pieces = [
  'a',
  ' ',
  ':',
  '#',
  '-',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '\\',
  '$',
  '1',
  '.',
  '/',
  '&',
  '*',
  '!',
  '|',
  '>',
  '%',
  '@',
  '?',
  '~',
  '\t',
  'é',
  '  ',
] as const;

/** Now and then a line goes, comes, or moves. */
function spoil(): fc.Arbitrary<(lines: readonly string[]) => readonly string[]> {
  return fc
    .tuple(
      fc.constantFrom('none', 'none', 'shift', 'drop', 'comment', 'insert', 'blank'),
      fc.nat({ max: 30 }),
      fc.nat({ max: 5 }),
      scalar(),
    )
    .map(([how, where, by, value]) => (lines) => {
      const at = where % Math.max(lines.length, 1);
      const line = lines[at] ?? '';
      const put = (...fresh: string[]) => [...lines.slice(0, at), ...fresh, ...lines.slice(at + 1)];
      switch (how) {
        case 'shift':
          return put(' '.repeat(by) + line.trimStart());
        case 'drop':
          return put();
        case 'comment':
          return put(line, `${' '.repeat(by)}# note`);
        case 'insert':
          return put(line, ' '.repeat(by) + value);
        case 'blank':
          return put(line, ' '.repeat(by), '');
        default:
          return lines;
      }
    });
}
