import { check, yaml } from './check.ts';

const shared = yaml`
  x-base: &base
    restart: always
    environment: &env
      A: 1
      B: 2
  services:
    a:
      <<: *base
      image: a
    b:
      <<: *base
      image: b
    c:
      image: c
      environment: *env
`;

check([
  {
    name: 'a value that a merge key brings is overridden in the one service it changes in',
    before: shared,
    after: shared.replace('    image: a\n', '    image: a\n    restart: on-failure\n'),
    keep: ['changed services.a.restart'],
    expected: shared.replace('    image: a\n', '    image: a\n    restart: on-failure\n'),
  },
  {
    name: 'a value that changes for all who share it changes once, where it is written',
    before: shared,
    after: shared.replace('restart: always', 'restart: on-failure'),
    keep: ['changed services.a.restart', 'changed services.b.restart'],
    expected: shared.replace('restart: always', 'restart: on-failure'),
  },
  {
    name: 'of a value that changes for all who share it only one service can take the change',
    before: shared,
    after: shared.replace('restart: always', 'restart: on-failure'),
    keep: ['changed services.b.restart'],
    expected: shared.replace('    image: b\n', '    image: b\n    restart: on-failure\n'),
  },
  {
    name: 'a part that others share through an anchor cannot go from one of them',
    before: shared,
    after: shared.replace('environment: *env', 'environment: {A: 1}'),
    keep: ['removed services.c.environment.B'],
    expected: shared.replace('environment: *env', 'environment: {A: 1}'),
  },
  {
    name: 'of two parts that others share through an anchor one alone cannot go',
    before: shared,
    after: shared.replace('environment: *env', 'environment: {C: 1}'),
    keep: ['removed services.c.environment.B'],
    expected: /together|shares/,
  },
  {
    name: 'a service whose anchor others use cannot go alone',
    before: 'services:\n  a: &a\n    image: a\n  b:\n    <<: *a\n    command: b\n',
    after: 'services:\n  b:\n    image: a\n    command: b\n',
    keep: ['removed services.a'],
    expected: /together|anchor/,
  },
  {
    name: 'a service is added with the alias it has where the anchor is the same here',
    before: shared,
    after: `${shared}  d:\n    <<: *base\n    image: d\n`,
    keep: ['added services.d'],
    expected: `${shared}  d:\n    <<: *base\n    image: d\n`,
  },
  {
    name: 'a service is added with its aliases written out where the anchor is not here',
    before: 'services:\n  a:\n    image: a\n',
    after: yaml`
      x-env: &env
        A: 1
      x-base: &base
        restart: always
        image: none
      services:
        a:
          image: a
        d:
          <<: *base
          image: d
          environment: *env
    `,
    keep: ['added services.d'],
    expected:
      'services:\n  a:\n    image: a\n  d:\n    restart: always\n    image: d\n    environment:\n      A: 1\n',
  },
  {
    name: 'a variable is added beside those that an alias brings',
    before: shared,
    after: shared.replace('environment: *env', 'environment:\n      <<: *env\n      C: 3'),
    keep: ['added services.c.environment.C'],
    expected: shared.replace('environment: *env', 'environment:\n      <<: *env\n      C: 3'),
  },
  {
    name: 'a variable that the edit adds for all comes to one service in a section of its own',
    before: shared,
    after: shared.replace('    B: 2\n', '    B: 2\n    C: 3\n'),
    keep: ['added services.a.environment.C'],
    expected: shared.replace(
      '    image: a\n',
      '    image: a\n    environment:\n      A: 1\n      B: 2\n      C: 3\n',
    ),
  },
  {
    name: 'a field cannot be added to a service that others take over whole',
    before: 'services:\n  a: &a\n    image: a\n  b:\n    <<: *a\n    command: b\n',
    after: 'services:\n  a: &a\n    image: a\n    restart: always\n  b:\n    <<: *a\n    command: b\n',
    keep: ['added services.a.restart'],
    expected: /shares it through an anchor/,
  },
  {
    name: 'a section stays as an empty one where a merge key would bring its own back',
    before:
      'x-b: &b\n  depends_on: [c]\nservices:\n  a:\n    <<: *b\n    image: a\n    depends_on:\n      - d\n  c: {image: c}\n  d: {image: d}\n',
    after: 'services:\n  a:\n    image: a\n  c: {image: c}\n  d: {image: d}\n',
    keep: ['removed services.a.depends_on.d'],
    expected:
      'x-b: &b\n  depends_on: [c]\nservices:\n  a:\n    <<: *b\n    image: a\n    depends_on: []\n  c: {image: c}\n  d: {image: d}\n',
  },
]);
