import type { Json } from '../../../../src/core/model/document.ts';
import { stack } from './builder.ts';

const data = (source: string, target: string): Json => ({ type: 'volume', source, target });
const port = (target: number, published?: string): Json => ({
  target,
  protocol: 'tcp',
  ...(published && { published }),
});

/** The stack of the incident: every name begins with the project's. */
export const l9 = stack({
  services: {
    'l9-redis': {
      image: 'redis:7-alpine',
      container_name: 'l9-redis',
      restart: 'unless-stopped',
      ports: { '6379:6379/tcp': port(6379, '6379') },
      volumes: { '/data': data('l9-redis-data', '/data') },
      networks: { 'l9-network': null },
      healthcheck: { test: ['CMD', 'redis-cli', 'ping'], interval: '10s' },
    },
    'l9-postgres': {
      image: 'postgres:16-alpine',
      container_name: 'l9-postgres',
      restart: 'unless-stopped',
      ports: { '5432:5432/tcp': port(5432, '5432') },
      environment: { POSTGRES_PASSWORD: 'secret', POSTGRES_DB: 'l9_memory' },
      volumes: { '/var/lib/postgresql/data': data('l9-postgres-data', '/var/lib/postgresql/data') },
      networks: { 'l9-network': null },
      healthcheck: { test: ['CMD-SHELL', 'pg_isready'], interval: '10s' },
    },
    'l9-neo4j': {
      image: 'neo4j:5-community',
      container_name: 'l9-neo4j',
      restart: 'unless-stopped',
      ports: { '7687:7687/tcp': port(7687, '7687'), '7474:7474/tcp': port(7474, '7474') },
      environment: { NEO4J_AUTH: 'none' },
      volumes: { '/data': data('l9-neo4j-data', '/data'), '/logs': data('l9-neo4j-logs', '/logs') },
      networks: { 'l9-network': null },
      healthcheck: { test: ['CMD-SHELL', 'wget'], interval: '15s' },
    },
    'l9-api': {
      build: { context: '/opt/l9' },
      container_name: 'l9-api',
      restart: 'unless-stopped',
      network_mode: 'host',
      environment: { MEMORY_DSN: 'postgresql://…', REDIS_URL: 'redis://…', NEO4J_URI: 'bolt://…' },
      depends_on: {
        'l9-redis': { condition: 'service_healthy' },
        'l9-postgres': { condition: 'service_healthy' },
        'l9-neo4j': { condition: 'service_healthy' },
      },
    },
  },
  volumes: { 'l9-redis-data': {}, 'l9-postgres-data': {}, 'l9-neo4j-data': {}, 'l9-neo4j-logs': {} },
  networks: { 'l9-network': { driver: 'bridge' } },
});

/** A web shop: short names, images that say what the names do not, a variable in several services. */
export const shop = stack(
  {
    services: {
      web: {
        image: 'nginx:1.27',
        ports: { '8080:80/tcp': port(80, '8080'), '8443:443/tcp': port(443, '8443') },
        networks: { front: null },
        configs: { site: { source: 'site', target: '/etc/nginx/site.conf' } },
      },
      api: {
        image: 'ghcr.io/acme/shop-api:1.4',
        ports: { '8000:8000/tcp': port(8000, '8000') },
        environment: { LOG_LEVEL: 'info', DATABASE_URL: 'postgres://db/shop', DEBUG: '0' },
        networks: { front: null, back: null },
        depends_on: { db: { condition: 'service_started' }, cache: { condition: 'service_started' } },
        secrets: { stripe_key: { source: 'stripe_key', target: '/run/secrets/stripe_key' } },
        labels: { 'traefik.enable': 'true' },
      },
      worker: {
        image: 'ghcr.io/acme/shop-worker:1.4',
        environment: { LOG_LEVEL: 'info', QUEUE: 'default' },
        networks: { back: null },
      },
      db: {
        image: 'postgres:16',
        environment: { POSTGRES_PASSWORD: 'secret' },
        volumes: { '/var/lib/postgresql/data': data('dbdata', '/var/lib/postgresql/data') },
        networks: { back: null },
      },
      cache: {
        image: 'redis:7.2',
        restart: 'always',
        expose: { '6379/tcp': null },
        networks: { back: null },
      },
      'redis-commander': {
        image: 'rediscommander/redis-commander:latest',
        ports: { '8081:8081/tcp': port(8081, '8081') },
      },
    },
    volumes: { dbdata: {}, uploads: {} },
    networks: { front: {}, back: {} },
    secrets: { stripe_key: { file: './stripe' } },
    configs: { site: { file: './site.conf' } },
  },
  { name: 'shop', version: '3.8' },
);

/** A monitoring stack with services that resemble each other. */
export const watch = stack({
  services: {
    postgres: {
      image: 'postgres:15',
      volumes: { '/d': data('postgres', '/d') },
      ports: { '5432:5432/tcp': null },
    },
    'postgres-exporter': {
      image: 'prometheuscommunity/postgres-exporter:v0.15',
      ports: { '9187:9187/tcp': null },
    },
    'mongo-primary': { image: 'mongo:7', ports: { '27017:27017/tcp': null } },
    'mongo-replica': { image: 'mongo:7', ports: { '27018:27017/tcp': null } },
    prometheus: { image: 'prom/prometheus:v2.53', ports: { '127.0.0.1:9090:9090/tcp': null } },
    grafana: {
      image: 'grafana/grafana:11',
      environment: { GF_LOG_LEVEL: 'warn' },
      ports: { '3000:3000/tcp': null },
    },
    loki: { image: 'grafana/loki:3', ports: { '3100/tcp': null } },
    vectors: { image: 'pgvector/pgvector:pg16', container_name: 'embeddings' },
    search: { image: 'docker.elastic.co/elasticsearch/elasticsearch:8.14' },
  },
  volumes: { postgres: {}, grafana_data: {} },
});
