import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../../../src/core/model/read.ts';
import { parseGrant } from '../../../../src/core/scope/grants.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';

/**
 * Whole files, the grant, and an edit in replacements of text: what it cannot do without is in scope; with one more
 * replacement, that goes further than is needed, exactly the addresses listed are not.
 */
interface Row {
  readonly kind: string;
  readonly before: string;
  readonly grant: string;
  readonly needed: readonly (readonly [string, string])[];
  readonly further: readonly (readonly [string, string])[];
  readonly held: readonly string[];
}

const app = (lines: string, rest = '') =>
  `services:\n  app:\n    image: app:1\n${lines}  db:\n    image: pg:16\n${rest}`;
const noDb = ['  db:\n    image: pg:16\n', ''] as const;
const asPg = ['  db:\n', '  pg:\n'] as const;

const table: readonly Row[] = [
  {
    kind: 'an entry of depends_on',
    before: app(
      '    depends_on: {db: {condition: service_healthy}, web: {condition: service_started}}\n',
      '  web: {image: web}\n',
    ),
    grant: 'remove service db',
    needed: [noDb, ['db: {condition: service_healthy}, ', '']],
    further: [['web: {condition: service_started}', 'web: {condition: service_healthy}']],
    held: ['services.app.depends_on.web'],
  },
  {
    kind: 'an entry of depends_on that follows a rename',
    before: app('    depends_on: {db: {condition: service_healthy}}\n'),
    grant: 'rename service db pg',
    needed: [asPg, ['{db: {condition: service_healthy}}', '{pg: {condition: service_healthy}}']],
    further: [['pg: {condition: service_healthy}', 'pg: {condition: service_started}']],
    held: ['services.app.depends_on.db', 'services.app.depends_on.pg'],
  },
  {
    kind: 'a link',
    before: app('    links: [db, "web:w"]\n', '  web: {image: web}\n'),
    grant: 'remove service db',
    needed: [noDb, ['[db, "web:w"]', '["web:w"]']],
    further: [['["web:w"]', '["web:x"]']],
    held: ['services.app.links[web:w]', 'services.app.links[web:x]'],
  },
  {
    kind: 'a link that follows a rename',
    before: app('    links: ["db:database"]\n'),
    grant: 'rename service db pg',
    needed: [asPg, ['db:database', 'pg:database']],
    further: [['pg:database', 'pg:postgres']],
    held: ['services.app.links[db:database]', 'services.app.links[pg:postgres]'],
  },
  {
    kind: 'an entry of volumes_from',
    before: app('    volumes_from: ["db:ro", web]\n', '  web: {image: web}\n'),
    grant: 'remove service db',
    needed: [noDb, ['["db:ro", web]', '[web]']],
    further: [['[web]', '["web:ro"]']],
    held: ['services.app.volumes_from'],
  },
  {
    kind: 'an entry of volumes_from that follows a rename',
    before: app('    volumes_from: ["db:ro"]\n'),
    grant: 'rename service db pg',
    needed: [asPg, ['db:ro', 'pg:ro']],
    further: [['pg:ro', 'pg:rw']],
    held: ['services.app.volumes_from'],
  },
  ...(['network_mode', 'ipc', 'pid'] as const).flatMap((field): Row[] => [
    {
      kind: `${field} shared with a service`,
      before: app(`    ${field}: "service:db"\n    init: true\n`),
      grant: 'remove service db',
      needed: [noDb, [`    ${field}: "service:db"\n`, '']],
      further: [['    init: true\n', `    init: true\n    ${field}: host\n`]],
      held: [`services.app.${field}`],
    },
    {
      kind: `${field} that follows a rename`,
      before: app(`    ${field}: "service:db"\n`),
      grant: 'rename service db pg',
      needed: [asPg, ['service:db', 'service:pg']],
      further: [['"service:pg"', 'host']],
      held: [`services.app.${field}`],
    },
  ]),
  {
    kind: 'a context that a build takes from a service',
    before: app('    build: {context: ., additional_contexts: {base: "service:db", docs: ./docs}}\n'),
    grant: 'remove service db',
    needed: [noDb, ['base: "service:db", ', '']],
    further: [['./docs', './doc']],
    held: ['services.app.build.additional_contexts.docs'],
  },
  {
    kind: 'a context of a build that follows a rename',
    before: app('    build: {context: ., additional_contexts: {base: "service:db"}}\n'),
    grant: 'rename service db pg',
    needed: [asPg, ['service:db', 'service:pg']],
    further: [['service:pg', 'service:app2']],
    held: ['services.app.build.additional_contexts.base'],
  },
  {
    kind: 'a mount of a volume that goes',
    before: app('    volumes: ["data:/data", "./x:/x"]\n', 'volumes: {data: {}, other: {}}\n'),
    grant: 'remove volume data',
    needed: [
      ['"data:/data", ', ''],
      ['{data: {}, ', '{'],
    ],
    further: [['./x:/x', './y:/x']],
    held: ['services.app.volumes[/x]'],
  },
  {
    kind: 'a mount of a volume that is renamed',
    before: app('    volumes: ["data:/data"]\n', 'volumes: {data: {}}\n'),
    grant: 'rename volume data rows',
    needed: [
      ['data:/data', 'rows:/data'],
      ['{data: {}}', '{rows: {}}'],
    ],
    further: [['rows:/data', 'rows:/data:ro']],
    held: ['services.app.volumes[/data]'],
  },
  {
    kind: 'the volume of a service that goes, which never goes along',
    before: app('', '    volumes: ["data:/data"]\n  web: {image: web}\nvolumes: {data: {}, other: {}}\n'),
    grant: 'remove service db',
    needed: [['  db:\n    image: pg:16\n    volumes: ["data:/data"]\n', '']],
    further: [['{data: {}, ', '{']],
    held: ['volumes.data'],
  },
  {
    kind: 'an attachment to a network that goes',
    before: app('    networks: [back, front]\n', 'networks: {back: {}, front: {}}\n'),
    grant: 'remove network back',
    needed: [
      ['[back, front]', '[front]'],
      ['back: {}, ', ''],
    ],
    further: [['networks: [front]', 'networks: {front: {aliases: [a]}}']],
    held: ['services.app.networks.front'],
  },
  {
    kind: 'the last network, after which there is the default one',
    before: app('    networks: [back]\n', 'networks: {back: {}, front: {}}\n'),
    grant: 'remove network back',
    needed: [
      ['    networks: [back]\n', ''],
      ['back: {}, ', ''],
    ],
    further: [['image: app:1\n', 'image: app:1\n    networks: [front]\n']],
    held: ['services.app.networks.front'],
  },
  {
    kind: 'an attachment to a network that is renamed',
    before: app('    networks: [back]\n', 'networks: {back: {}}\n'),
    grant: 'rename network back inner',
    needed: [
      ['[back]', '[inner]'],
      ['{back: {}}', '{inner: {}}'],
    ],
    further: [['[inner]', '{inner: {aliases: [a]}}']],
    held: ['services.app.networks.back', 'services.app.networks.inner'],
  },
  ...(['secret', 'config'] as const).flatMap((kind): Row[] => [
    {
      kind: `a ${kind} that goes`,
      before: app(`    ${kind}s: [token, other]\n`, `${kind}s: {token: {file: ./t}, other: {file: ./o}}\n`),
      grant: `remove ${kind} token`,
      needed: [
        ['[token, other]', '[other]'],
        ['token: {file: ./t}, ', ''],
      ],
      further: [['[other]', '[{source: other, target: /o}]']],
      held: [`services.app.${kind}s.other`, `services.app.${kind}s[other:/o]`],
    },
    {
      kind: `a ${kind} that is renamed`,
      before: app(`    ${kind}s: [token]\n`, `${kind}s: {token: {file: ./t}}\n`),
      grant: `rename ${kind} token key`,
      needed: [
        ['[token]', '[key]'],
        ['{token: ', '{key: '],
      ],
      further: [['[key]', '[{source: key, target: /k, mode: 0400}]']],
      held: [`services.app.${kind}s.token`, `services.app.${kind}s[key:/k]`],
    },
  ]),
  {
    kind: 'a secret of a build that goes',
    before: app(
      '    build: {context: ., secrets: [token, other]}\n',
      'secrets: {token: {file: ./t}, other: {file: ./o}}\n',
    ),
    grant: 'remove secret token',
    needed: [
      ['[token, other]', '[other]'],
      ['token: {file: ./t}, ', ''],
    ],
    further: [['secrets: [other]', 'secrets: [other], target: x']],
    held: ['services.app.build.target'],
  },
  {
    kind: 'a model that goes',
    before: app('    models: [llm, tts]\n', 'models: {llm: {model: ai/a}, tts: {model: ai/b}}\n'),
    grant: 'remove model llm',
    needed: [
      ['[llm, tts]', '[tts]'],
      ['llm: {model: ai/a}, ', ''],
    ],
    further: [['models: [tts]', 'models: {tts: {model_var: M}}']],
    held: ['services.app.models.tts'],
  },
  {
    kind: 'a service that others extend',
    before: app('    extends: {service: db}\n', '    restart: always\n'),
    grant: 'remove service db',
    needed: [
      ['    extends: {service: db}\n', '    restart: always\n'],
      ['  db:\n    image: pg:16\n    restart: always\n', ''],
    ],
    further: [['restart: always', 'restart: on-failure']],
    held: ['services.app.restart'],
  },
  {
    kind: 'what a service that comes mounts',
    before: app('', 'volumes: {other: {}}\n'),
    grant: 'add service mail',
    needed: [
      ['  db:\n', '  mail: {image: mail, volumes: ["mails:/m"]}\n  db:\n'],
      ['{other: {}}', '{other: {}, mails: {}}'],
    ],
    further: [['mails: {}', 'mails: {}, unused: {}']],
    held: ['volumes.unused'],
  },
  {
    kind: 'a model that a service that comes uses',
    before: app('', 'models: {tts: {model: ai/b}}\n'),
    grant: 'add service mail',
    needed: [
      ['  db:\n', '  mail: {image: mail, models: [llm]}\n  db:\n'],
      ['tts: {model: ai/b}', 'tts: {model: ai/b}, llm: {model: ai/a}'],
    ],
    further: [['ai/b', 'ai/c']],
    held: ['models.tts.model'],
  },
];

function outside({ before, grant: typed }: Row, edits: readonly (readonly [string, string])[]): string[] {
  const grant = parseGrant(typed);
  assert.ok(!('problem' in grant));
  const after = edits.reduce((text, [old, fresh]) => {
    assert.ok(text.includes(old), `${JSON.stringify(old)} is in the text`);
    return text.replace(old, fresh);
  }, before);
  const documents = { before: readDocument('compose', before), after: readDocument('compose', after) };
  const { changes, problems } = judge({ ...documents, scope: { grants: [grant] }, author: 'ai' });
  assert.deepEqual(problems, []);
  assert.ok(changes.length > 0);
  return changes.filter(({ inScope }) => !inScope).map(({ address }) => address);
}

for (const row of table) {
  test(`${row.kind} is implied`, () => assert.deepEqual(outside(row, row.needed), []));
  test(`${row.kind} implies nothing further`, () => {
    assert.deepEqual(outside(row, [...row.needed, ...row.further]).sort(), [...row.held].sort());
  });
}
