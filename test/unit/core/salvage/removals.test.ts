import { check, checkInService, yaml } from './check.ts';

const three = yaml`
  # The stack.
  services:
    # The web server.
    web:
      image: nginx # pinned below
      # pin it

    # The queue,
    # never touched.
    queue:
      image: redis

    # Not about the database.

    # The database.
    db:
      image: postgres
      # tuned
      # by hand

  volumes:
    data:
`;

check([
  {
    name: 'a service goes with the comments directly above it and those inside',
    before: three,
    after: yaml`
      services:
        web: {image: nginx}
        db: {image: postgres}
      volumes: {data: }
    `,
    keep: ['removed services.queue'],
    expected: three.replace('  # The queue,\n  # never touched.\n  queue:\n    image: redis\n\n', ''),
  },
  {
    name: 'the first service goes and leaves no blank line below the section',
    before: three,
    after: three.replace(
      '  # The web server.\n  web:\n    image: nginx # pinned below\n    # pin it\n\n',
      '',
    ),
    keep: ['removed services.web'],
    expected: three.replace(
      '  # The web server.\n  web:\n    image: nginx # pinned below\n    # pin it\n\n',
      '',
    ),
  },
  {
    name: 'the last service goes; a comment that stands apart from it stays',
    before: three,
    after: three.replace(/ {2}# The database\.\n {2}db:[\s\S]*by hand\n/, ''),
    keep: ['removed services.db'],
    expected: three.replace(/\n {2}# The database\.\n {2}db:[\s\S]*by hand\n/, ''),
  },
  {
    name: 'the only service goes and an empty mapping is left',
    before: 'services: # all of them\n  web:\n    image: nginx\nvolumes:\n  data:\n',
    after: 'services: {}\n',
    keep: ['removed services.web'],
    expected: 'services: {} # all of them\nvolumes:\n  data:\n',
  },
  {
    name: 'the last volume goes with its section',
    before: 'services:\n  web:\n    image: nginx\n\n# Kept data.\nvolumes:\n  data:\n',
    after: 'services:\n  web:\n    image: httpd\n',
    keep: ['removed volumes.data'],
    expected: 'services:\n  web:\n    image: nginx\n',
  },
  {
    name: 'the last thing in a text without a final line end goes and no line end is added',
    before: 'services:\n  web:\n    image: nginx\n  db:\n    image: postgres',
    after: 'services:\n  web:\n    image: nginx\n',
    keep: ['removed services.db'],
    expected: 'services:\n  web:\n    image: nginx',
  },
  {
    name: 'the driver of a network goes and the network stays',
    before: 'services:\n  web:\n    image: nginx\n    networks: [a]\nnetworks:\n  a:\n    driver: overlay\n',
    after: 'services:\n  web:\n    image: nginx\n    networks: [a]\nnetworks:\n  a:\n',
    keep: ['removed networks.a.driver'],
    expected: 'services:\n  web:\n    image: nginx\n    networks: [a]\nnetworks:\n  a: {}\n',
  },
]);

const ports = yaml`
  ports:
    # web
    - "80:80" # plain
    # safe
    - "443:443"

    - target: 9000 # debug
      published: "9001"
  restart: always
`;

checkInService([
  {
    name: 'the first item of a list goes with its comments',
    before: ports,
    after: ports.replace('  # web\n  - "80:80" # plain\n', ''),
    keep: ['removed ports[80:80/tcp]'],
    expected: ports.replace('  # web\n  - "80:80" # plain\n', ''),
  },
  {
    name: 'the item in the middle of a list goes and one blank line stays',
    before: ports,
    after: 'restart: always\n',
    keep: ['removed ports[443:443/tcp]'],
    expected: ports.replace('  # safe\n  - "443:443"\n', ''),
  },
  {
    name: 'an item in long form goes with all its lines',
    before: ports,
    after: 'restart: always\n',
    keep: ['removed ports[9001:9000/tcp]'],
    expected: ports.replace('\n  - target: 9000 # debug\n    published: "9001"\n', ''),
  },
  {
    name: 'every item goes and the key with them',
    before: ports,
    after: 'restart: always\n',
    keep: ['removed ports[80:80/tcp]', 'removed ports[443:443/tcp]', 'removed ports[9001:9000/tcp]'],
    expected: 'restart: always\n',
  },
  {
    name: 'an item goes from a list whose dashes stand below the key',
    before: 'volumes:\n- data:/a\n- ./b:/b\nrestart: always\n',
    after: 'volumes:\n- ./b:/b\nrestart: "no"\n',
    keep: ['removed volumes[/a]'],
    expected: 'volumes:\n- ./b:/b\nrestart: always\n',
  },
  {
    name: 'a variable goes from a list of assignments',
    before: 'environment:\n  - A=1\n  - B=2 # two\n  - C\n',
    after: 'environment:\n  - A=1\n  - C\n',
    keep: ['removed environment.B'],
    expected: 'environment:\n  - A=1\n  - C\n',
  },
  {
    name: 'a variable that a list names twice goes twice',
    before: 'environment:\n  - A=1\n  - B=2\n  - A=3\n',
    after: 'environment:\n  - B=3\n',
    keep: ['removed environment.A'],
    expected: 'environment:\n  - B=2\n',
  },
  {
    name: 'a variable goes from a mapping',
    before: 'environment:\n  A: 1\n  # about B\n  B: "2"\n\n  C: 3\n',
    after: 'environment: {A: 1}\n',
    keep: ['removed environment.B'],
    expected: 'environment:\n  A: 1\n\n  C: 3\n',
  },
  {
    name: 'the last variable goes with the section, whose own comment goes too',
    before: '# settings\nenvironment:\n  A: 1\nrestart: always\n',
    after: 'restart: always\n',
    keep: ['removed environment.A'],
    expected: 'restart: always\n',
  },
  {
    name: 'a multi-line text goes whole',
    before: 'environment:\n  A: |\n    one\n\n    two\n  B: 2\n',
    after: 'environment:\n  B: 2\n',
    keep: ['removed environment.A'],
    expected: 'environment:\n  B: 2\n',
  },
  {
    name: 'a field goes and its neighbours stay',
    before: 'restart: always\nhealthcheck:\n  test: ["CMD", "x"]\n  retries: 5\ncommand: run\n',
    after: 'command: run\n',
    keep: ['removed healthcheck'],
    expected: 'restart: always\ncommand: run\n',
  },
  {
    name: 'a part of a health check goes and the rest of it stays',
    before: 'healthcheck:\n  test: ["CMD", "x"]\n  retries: 5 # enough\n',
    after: 'healthcheck:\n  test: ["CMD", "y"]\n',
    keep: ['removed healthcheck.retries'],
    expected: 'healthcheck:\n  test: ["CMD", "x"]\n',
  },
  {
    name: 'a comment behind a tab stays where it is',
    before: 'environment:\n  A: 1\t# one\n  B: 2\t# two\t2\n',
    after: 'environment:\n  A: 1\n',
    keep: ['removed environment.B'],
    expected: 'environment:\n  A: 1\t# one\n',
  },
]);
