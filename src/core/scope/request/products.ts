/**
 * What people call the same software. The first word stands for all of them; it is also how names and images are
 * compared, so that PostgreSQL finds `l9-postgres` and `bitnami/postgresql:16`.
 */
const aliases: readonly (readonly string[])[] = [
  ['postgres', 'postgresql', 'pg', 'psql', 'pgsql', 'postgre'],
  ['mongo', 'mongodb'],
  ['mysql'],
  ['mariadb', 'maria'],
  ['elasticsearch', 'elastic', 'es'],
  ['rabbitmq', 'rabbit', 'rmq'],
  ['redis'],
  ['neo4j', 'neo'],
  ['memcached', 'memcache'],
  ['prometheus', 'prom'],
  ['grafana'],
  ['zookeeper', 'zk'],
  ['kafka'],
  ['nginx'],
  ['traefik'],
  ['caddy'],
  ['minio'],
  ['adminer'],
  ['pgadmin', 'pgadmin4'],
  ['clickhouse'],
  ['influxdb', 'influx'],
  ['meilisearch', 'meili'],
  ['opensearch'],
  ['mailhog'],
  ['mailpit'],
  ['jaeger'],
  ['loki'],
  ['keycloak'],
  ['valkey'],
  ['couchdb', 'couch'],
  ['cassandra'],
  ['qdrant'],
  ['ollama'],
  ['vault'],
  ['consul'],
  ['nats'],
];

/** Names that people abbreviate; these words are no software of their own. */
const shortNames: readonly (readonly string[])[] = [
  ['db', 'database'],
  ['kubernetes', 'k8s'],
  ['frontend', 'front'],
  ['backend', 'back'],
];

/** Images whose name does not say which software is inside. */
const inside: ReadonlyMap<string, string> = new Map([
  ['pgvector', 'postgres'],
  ['postgis', 'postgres'],
  ['timescaledb', 'postgres'],
  ['percona', 'mysql'],
]);

const canonical: ReadonlyMap<string, string> = new Map(
  [...aliases, ...shortNames].flatMap(([first = '', ...others]) =>
    others.map((other) => [other, first] as const),
  ),
);

const software: ReadonlySet<string> = new Set(aliases.flat());

/** One word for all the words that mean the same. */
export function canonicalWord(word: string): string {
  return canonical.get(word) ?? word;
}

/** Whether a word names software that one could run as a service. */
export function isSoftware(word: string): boolean {
  return software.has(word);
}

/** The words within a name, canonical: `l9-postgresql_main` holds l9, postgres and main. */
export function wordsOfName(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(canonicalWord);
}

/** The words that an image can be found by: `ghcr.io/bitnami/postgresql:16` is postgres. */
export function wordsOfImage(image: string): string[] {
  const plain = image.replace(/\$\{[^}]*\}/g, '').split('@')[0] ?? '';
  const repository = (plain.split('/').at(-1) ?? '').split(':')[0] ?? '';
  const words = wordsOfName(repository);
  return [...words, ...words.flatMap((word) => inside.get(word) ?? [])];
}
