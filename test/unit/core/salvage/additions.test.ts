import { check, checkInService, yaml } from './check.ts';

check([
  {
    name: 'a service is added behind the neighbour it has in the edit, with its comment',
    before: 'services:\n  a:\n    image: a\n\n  c:\n    image: c\n',
    after:
      'services:\n  a:\n    image: a2\n\n  # New.\n  b:\n    image: b # fresh\n    ports:\n      - "80:80"\n\n  c:\n    image: c\n',
    keep: ['added services.b'],
    expected:
      'services:\n  a:\n    image: a\n\n  # New.\n  b:\n    image: b # fresh\n    ports:\n      - "80:80"\n\n  c:\n    image: c\n',
  },
  {
    name: 'a service is laid out as the others are: four spaces, dashes below their key',
    before: yaml`
      services:
          a:
              image: a
              ports:
              - "80:80"
    `,
    after: yaml`
      services:
        a:
          image: a2
          ports:
            - "80:80"
        b:
          build:
            context: .
          volumes:
            - type: bind
              source: ./b
              target: /b
          command: |
            one
              two
    `,
    keep: ['added services.b'],
    expected: yaml`
      services:
          a:
              image: a
              ports:
              - "80:80"
          b:
              build:
                  context: .
              volumes:
              - type: bind
                source: ./b
                target: /b
              command: |
                  one
                    two
    `,
  },
  {
    name: 'a section that is missing is created with what is kept of it',
    before: 'services:\n  a:\n    image: a\n',
    after: 'services:\n  a:\n    image: a\n\n# All data.\nvolumes:\n  x:\n  y: # why\n',
    keep: ['added volumes.y'],
    expected: 'services:\n  a:\n    image: a\n\n# All data.\nvolumes:\n  y: # why\n',
  },
  {
    name: 'a service is put into an empty mapping',
    before: 'services: {} # none\n',
    after: 'services:\n  a:\n    image: a\n',
    keep: ['added services.a'],
    expected: 'services: # none\n  a:\n    image: a\n',
  },
  {
    name: 'a volume is put below a key that has no value yet',
    before: 'services:\n  a:\n    image: a\nvolumes:\n',
    after:
      'services:\n  a:\n    image: a\nvolumes:\n    x:\n        driver: local\n    y:\n        driver: other\n',
    keep: ['added volumes.y'],
    expected: 'services:\n  a:\n    image: a\nvolumes:\n  y:\n    driver: other\n',
  },
  {
    name: 'what is added to a text with CRLF has CRLF, and the byte order mark stays',
    before: '\uFEFFservices:\r\n  a:\r\n    image: a # x\r\n',
    after: 'services:\n  a:\n    image: a\n  b:\n    image: b\n    command: |\n      one\n      two\n',
    keep: ['added services.b'],
    expected:
      '\uFEFFservices:\r\n  a:\r\n    image: a # x\r\n  b:\r\n    image: b\r\n    command: |\r\n      one\r\n      two\r\n',
  },
  {
    name: 'what is added at the end of a text without a final line end leaves it without one',
    before: 'services:\n  a:\n    image: a',
    after: 'services:\n  a:\n    image: a\n  b:\n    image: b\n',
    keep: ['added services.b'],
    expected: 'services:\n  a:\n    image: a\n  b:\n    image: b',
  },
]);

checkInService([
  {
    name: 'a section that is one text is added without what else changed',
    before: 'restart: always\n',
    after: 'restart: no\ntmpfs: /run\n',
    keep: ['added tmpfs[/run]'],
    expected: 'restart: always\ntmpfs: /run\n',
  },
  {
    name: 'a variable is added behind the one it follows in the edit',
    before: 'environment:\n  A: 1 # one\n  C: 3\n',
    after: 'environment:\n  A: 9\n  # about B\n  B: 2 # two\n  C: 3\n',
    keep: ['added environment.B'],
    expected: 'environment:\n  A: 1 # one\n  # about B\n  B: 2 # two\n  C: 3\n',
  },
  {
    name: 'a variable is added to a list where the edit has a mapping',
    before: 'environment:\n  - A=1\n',
    after: 'environment:\n  A: 1\n  B: two words\n  C:\n  D: "3: x"\n',
    keep: ['added environment.B', 'added environment.C', 'added environment.D'],
    expected: 'environment:\n  - A=1\n  - B=two words\n  - C\n  - "D=3: x"\n',
  },
  {
    name: 'a variable is added to a mapping where the edit has a list',
    before: 'environment:\n  A: 1\n',
    after: 'environment:\n  - A=1\n  - B=two\n  - C=1.10\n  - D\n  - E=\n',
    keep: ['added environment.B', 'added environment.C', 'added environment.D', 'added environment.E'],
    expected: 'environment:\n  A: 1\n  B: two\n  C: "1.10"\n  D:\n  E: ""\n',
  },
  {
    name: 'a dependency that only has a name is added to a list as a name',
    before: 'depends_on:\n  - a\n',
    after: 'depends_on:\n  a: {condition: service_started}\n  b: {condition: service_started}\n',
    keep: ['added depends_on.b'],
    expected: 'depends_on:\n  - a\n  - b\n',
  },
  {
    name: 'a dependency is added to a mapping from a list',
    before: 'depends_on:\n  a:\n    condition: service_healthy\n',
    after: 'depends_on: [a, b]\n',
    keep: ['added depends_on.b'],
    expected: 'depends_on:\n  a:\n    condition: service_healthy\n  b:\n    condition: service_started\n',
  },
  {
    name: 'a dependency with a condition turns the list into a mapping',
    before: 'depends_on:\n  - a # first\n',
    after: 'depends_on:\n  a:\n    condition: service_started\n  b:\n    condition: service_healthy\n',
    keep: ['added depends_on.b'],
    expected:
      'depends_on:\n  a: # first\n    condition: service_started\n  b:\n    condition: service_healthy\n',
  },
  {
    name: 'a dependency with a condition turns a flow list into a mapping',
    before: 'depends_on: [a] # all\n',
    after: 'depends_on:\n  a:\n    condition: service_started\n  b:\n    condition: service_healthy\n',
    keep: ['added depends_on.b'],
    expected:
      'depends_on: # all\n  a:\n    condition: service_started\n  b:\n    condition: service_healthy\n',
  },
  {
    name: 'a network is added to a list from a mapping',
    before: 'networks:\n  - a\n',
    after: 'networks:\n  a:\n  b:\n',
    keep: ['added networks.b'],
    expected: 'networks:\n  - a\n  - b\n',
  },
  {
    name: 'a mount is added below one with several lines',
    before: 'volumes:\n  - type: bind\n    source: ./a\n    target: /a\n',
    after: 'volumes:\n  - ./a:/a\n  - ./b:/b:ro # read only\n  - ./c:/c\n',
    keep: ['added volumes[/b]'],
    expected: 'volumes:\n  - type: bind\n    source: ./a\n    target: /a\n  - ./b:/b:ro # read only\n',
  },
  {
    name: 'a comment that the text has already is not repeated',
    before: 'environment:\n  A: 1\n  # B: 2\n',
    after: 'environment:\n  A: 1\n  # B: 2\n  C: 3\n',
    keep: ['added environment.C'],
    expected: 'environment:\n  A: 1\n  # B: 2\n  C: 3\n',
  },
  {
    name: 'a field with parts is added whole',
    before: 'restart: always\n',
    after: 'healthcheck:\n  test: ["CMD", "x"] # ping\n  retries: 3\nrestart: always\n',
    keep: ['added healthcheck'],
    expected: 'healthcheck:\n  test: ["CMD", "x"] # ping\n  retries: 3\nrestart: always\n',
  },
  {
    name: 'one of two items for a missing section is added',
    before: 'restart: always\n',
    after: 'restart: always\nports:\n  - "80:80"\n  - "81:81"\n',
    keep: ['added ports[81:81/tcp]'],
    expected: 'restart: always\nports:\n  - "81:81"\n',
  },
]);
