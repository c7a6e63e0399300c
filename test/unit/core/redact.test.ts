// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to variables are what is tested here
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactPair, redactText, redactValue } from '../../../src/core/redact.ts';

type Row = readonly [text: string, shown: string];

/** A variable of a service and what may be shown of its value. */
const variables: readonly (readonly [name: string, value: string, shown: string])[] = [
  ['POSTGRES_PASSWORD', 'hunter2', '•••'],
  ['MYSQL_ROOT_PASSWORD', '12345', '•••'],
  ['DB_PASS', 'hunter2', '•••'],
  ['db.password', 'hunter2', '•••'],
  ['dbPassword', 'hunter2', '•••'],
  ['rootpassword', 'hunter2', '•••'],
  ['APP_PWD', 'hunter2', '•••'],
  ['SECRET_KEY_BASE', 'abcdef', '•••'],
  ['JWT_SECRET', 'abcdef', '•••'],
  ['GITHUB_TOKEN', 'abcdef', '•••'],
  ['API_KEY', 'abcdef', '•••'],
  ['OPENAI_APIKEY', 'abcdef', '•••'],
  ['SSH_PRIVATE_KEY', 'abcdef', '•••'],
  ['AWS_SECRET_ACCESS_KEY', 'abcdef', '•••'],
  ['APP_KEY', 'base64:abcdef', '•••'],
  ['GOOGLE_CREDENTIALS', '{"a":1}', '•••'],
  ['NEO4J_AUTH', 'neo4j/hunter2', '•••'],
  ['RABBITMQ_ERLANG_COOKIE', 'abcdef', '•••'],
  ['AUTH_SALT', 'abcdef', '•••'],
  ['API_TOKENS', 'abc,def', '•••'],
  ['PASSWORD', 'with, commas; and spaces', '•••'],
  ['PASSWORD', '${PASSWORD}', '${PASSWORD}'],
  ['PASSWORD', '$PASSWORD', '$PASSWORD'],
  ['PASSWORD', '${PASSWORD:?set it}', '${PASSWORD:?set it}'],
  ['PASSWORD', '${PASSWORD:-hunter2}', '${PASSWORD:-•••}'],
  ['PASSWORD', '${PASSWORD-hunter2}', '${PASSWORD-•••}'],
  ['PASSWORD', '${PASSWORD:-}', '${PASSWORD:-}'],
  ['PASSWORD', '${A:-${B:-hunter2}}', '${A:-${B:-•••}}'],
  ['PASSWORD', 'pre${PASSWORD}post', '•••${PASSWORD}•••'],
  ['PASSWORD', 'hun$$ter2', '•••'],
  ['PASSWORD', '${open', '•••'],
  // What speaks about a secret, or is one by its sound only, stays visible.
  ['POSTGRES_PASSWORD_FILE', '/run/secrets/db', '/run/secrets/db'],
  ['SECRET_NAME', 'db-password', 'db-password'],
  ['TOKEN_TTL', '3600', '3600'],
  ['MAX_TOKENS', '4000', '4000'],
  ['PASSWORD_MIN_LENGTH', '12', '12'],
  ['POSTGRES_HOST_AUTH_METHOD', 'trust', 'trust'],
  ['MYSQL_ALLOW_EMPTY_PASSWORD', 'yes', 'yes'],
  ['NEO4J_AUTH', 'none', 'none'],
  ['AUTH_ENABLED', 'true', 'true'],
  ['PRIMARY_KEY', 'id', 'id'],
  ['PUBLIC_KEY', 'abcdef', 'abcdef'],
  ['PWD', '/srv/app', '/srv/app'],
  ['AUTHOR', 'Ada', 'Ada'],
  ['TOKENIZER', 'bpe', 'bpe'],
  ['COMPASS', 'north', 'north'],
  ['POSTGRES_USER', 'postgres', 'postgres'],
  ['PASSWORD', '', ''],
  ['PASSWORD', '(passed through)', '(passed through)'],
  ['TOKEN_URL', 'https://me:hunter2@host/token', 'https://me:•••@host/token'],
];

for (const [name, value, shown] of variables) {
  test(`${name}=${value} is shown as ${shown}`, () => {
    assert.equal(redactValue(['services', 'a', 'environment', name], value), shown);
    assert.equal(redactValue(['services', 'a', 'environment', name], `${name}=${value}`), `${name}=${shown}`);
  });
}

const urls: readonly Row[] = [
  ['postgresql://postgres:hunter2@host/db', 'postgresql://postgres:•••@host/db'],
  [
    'postgresql://postgres:hunter2@host:5432/db?sslmode=off',
    'postgresql://postgres:•••@host:5432/db?sslmode=off',
  ],
  ['postgresql://u:${PW}@host/db', 'postgresql://u:${PW}@host/db'],
  ['postgresql://u:${PW:-hunter2}@host/db', 'postgresql://u:${PW:-•••}@host/db'],
  ['redis://:hunter2@redis:6379/0', 'redis://:•••@redis:6379/0'],
  ['mongodb://u:p/w@h1:27017,h2:27017/db', 'mongodb://u:•••@h1:27017,h2:27017/db'],
  ['amqp://a:b@h1,amqp://c:d@h2', 'amqp://a:•••@h1,amqp://c:•••@h2'],
  ['pg://u:p@ss@host/db', 'pg://u:•••@host/db'],
  ['DSN: postgresql://u:a-password-cut-sh…', 'DSN: postgresql://u:•••…'],
  ['root:hunter2@tcp(mysql:3306)/db', 'root:•••@tcp(mysql:3306)/db'],
  [
    'jdbc:postgresql://h:5432/d?user=u&password=pw&ssl=true',
    'jdbc:postgresql://h:5432/d?user=u&password=•••&ssl=true',
  ],
  ['Server=db;User Id=sa;Password=hun;ter2;Database=x', 'Server=db;User Id=sa;Password=•••;Database=x'],
  ['https://hooks.slack.com/services/T000/B000/XXXX', 'https://hooks.slack.com/services/•••'],
  ['http://proxy:8080/x@y', 'http://proxy:8080/x@y'],
  ['http://host:8080/path', 'http://host:8080/path'],
  ['https://user@host/path', 'https://user@host/path'],
  ['http://[::1]:8080/', 'http://[::1]:8080/'],
];

const commands: readonly Row[] = [
  ['redis-server --requirepass foo --port 6379', 'redis-server --requirepass ••• --port 6379'],
  ['["redis-server","--requirepass","foo"]', '["redis-server","--requirepass","•••"]'],
  ['app --password=foo --user=me', 'app --password=••• --user=me'],
  ['app --password foo', 'app --password •••'],
  ['app --password --verbose', 'app --password --verbose'],
  ['app --password $PASSWORD', 'app --password $PASSWORD'],
  ['mysqladmin ping -proot', 'mysqladmin ping -p•••'],
  ['mysqladmin ping -p$$MYSQL_ROOT_PASSWORD', 'mysqladmin ping -p$$MYSQL_ROOT_PASSWORD'],
  ['redis-cli -a hunter2 ping', 'redis-cli -a ••• ping'],
  ['curl -u admin:hunter2 http://x', 'curl -u admin:••• http://x'],
  ['curl -H "Authorization: Bearer abc.def" http://x', 'curl -H "Authorization: Bearer •••" http://x'],
  ['FOO=1 PASSWORD="a b" run', 'FOO=1 PASSWORD="•••" run'],
  ['docker run -p8080:80 web', 'docker run -p8080:80 web'],
  ['mkdir -p /srv/app', 'mkdir -p /srv/app'],
];

const texts: readonly Row[] = [
  ['admin:$$apr1$$abc$$def', 'admin:•••'],
  ['admin:$2y$05$abcdefg,ben:{SHA}abc=', 'admin:•••,ben:•••'],
  ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '•••'],
  ['id AKIAIOSFODNN7EXAMPLE end', 'id ••• end'],
  ['xoxb-1234-abcd-efgh', '•••'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc', '•••'],
  ['{"password":"x","user":"me"}', '{"password":"•••","user":"me"}'],
  ['PASSWORD: two words, USER: me', 'PASSWORD: •••, USER: me'],
  ['environment: PASSWORD=foo', 'environment: PASSWORD=•••'],
  ['${DB_PASSWORD:-hunter2} and ${HOST:-localhost}', '${DB_PASSWORD:-•••} and ${HOST:-localhost}'],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----•••-----END RSA PRIVATE KEY-----',
  ],
  ['-----BEGIN PRIVATE KEY-----\\nabc', '-----BEGIN PRIVATE KEY-----•••'],
  [
    '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----',
    '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----',
  ],
  ['nginx:1.25@sha256:0123456789', 'nginx:1.25@sha256:0123456789'],
  ['registry/vault-token:1.2', 'registry/vault-token:1.2'],
  ['./secrets:/run/secrets:ro', './secrets:/run/secrets:ro'],
  ['a basic authentication proxy', 'a basic authentication proxy'],
];

for (const [text, shown] of [...urls, ...commands, ...texts]) {
  test(`${JSON.stringify(text)} is shown as ${JSON.stringify(shown)}`, () => {
    assert.equal(redactText(text), shown);
    assert.equal(redactText(shown), shown, 'what is masked stays as it is');
  });
}

test('the name of a thing is no secret, however much it sounds like one', () => {
  assert.equal(redactValue(['secrets', 'db_password'], 'file: ./db.txt'), 'file: ./db.txt');
  assert.equal(redactValue(['services', 'a', 'secrets', 'db_password'], 'db_password'), 'db_password');
  assert.equal(redactValue(['services', 'token'], 'image: nginx'), 'image: nginx');
  assert.equal(redactValue(['services', 'a', 'depends_on', 'auth'], 'service_started'), 'service_started');
});

const password = ['services', 'a', 'environment', 'PASSWORD'];
const dsn = ['services', 'a', 'environment', 'DSN'];

test('a masked value that changed says so and gives nothing away', () => {
  assert.deepEqual(redactPair(password, 'a', 'b'), ['•••', '••• (changed)']);
  assert.deepEqual(redactPair(password, 'a', 'a much longer one'), ['•••', '••• (changed)']);
  assert.deepEqual(redactPair(password, '${A:-x}', '${A:-y}'), ['${A:-•••}', '${A:-•••} (changed)']);
});

test('a pair whose difference can be seen needs no word about it', () => {
  assert.deepEqual(redactPair(dsn, 'pg://u:a@h1/x', 'pg://u:a@h2/x'), ['pg://u:•••@h1/x', 'pg://u:•••@h2/x']);
  assert.deepEqual(redactPair(password, '${A}', '${B}'), ['${A}', '${B}']);
  assert.deepEqual(redactPair(password, 'a', 'a'), ['•••', '•••']);
});

test('a password that changed along with its host is told beside it', () => {
  assert.deepEqual(redactPair(dsn, 'pg://u:a@h1/x', 'pg://u:b@h2/x'), [
    'pg://u:•••@h1/x',
    'pg://u:•••@h2/x (and ••• changed)',
  ]);
});

test('no text of a megabyte takes long', () => {
  const pieces = [
    'a',
    '$',
    '${',
    '${A:-',
    '$${',
    '}',
    'password=',
    'password="',
    "password='",
    'password: ',
    '://',
  ];
  pieces.push(
    'a://b:',
    'a://b:c@',
    '-',
    'eyJ',
    'a-',
    'a.',
    '"',
    '-----BEGIN PRIVATE KEY-----',
    '-p',
    'Bearer ',
  );
  pieces.push('a:', 'a:$apr1$', 'authorization:', ' ', '\n', ';', 'a=b;', '--a ', 'x@', 'a:b@tcp(', ', a: ');
  for (const piece of pieces) {
    const text = `mysql redis-cli curl ${piece.repeat(Math.ceil(1_000_000 / piece.length))}`;
    const started = performance.now();
    redactText(text);
    redactValue(password, text);
    assert.ok(performance.now() - started < 10_000, `slow on ${JSON.stringify(piece)}`);
  }
});
