/** A monitoring stack, where names resemble each other. */
export const watch = `
remove mongo
  ? mongo: services.mongo-primary | services.mongo-replica
remove postgres
  remove services.postgres
remove pg
  remove services.postgres
remove postgres exporter
  remove services.postgres-exporter
remove the exporter
  remove services.postgres-exporter
remove grafana
  remove services.grafana
remove prom
  remove services.prometheus
remove elasticsearch
  remove services.search
remove elastic
  remove services.search
remove embeddings
  remove services.vectors
remove pgvector
  remove services.vectors
remove mongodb
  ? mongodb: services.mongo-primary | services.mongo-replica
remove mongo-primary
  remove services.mongo-primary
remove the primary mongo
  remove services.mongo-primary
remove both mongos
  ! remove both mongos
bump mongo to 8
  ? mongo to 8: services.mongo-primary.image | services.mongo-replica.image
expose prometheus on 9091
  add services.prometheus.ports[9091:9090/tcp]
expose loki on 3100
  add services.loki.ports[3100:3100/tcp]
publish mongo-replica on 27019
  add services.mongo-replica.ports[27019:27017/tcp]
remove port 27017
  ? port 27017: services.mongo-primary.ports[27017:27017/tcp] | services.mongo-replica.ports[27018:27017/tcp]
remove port 5432 from postgres
  remove services.postgres.ports[5432:5432/tcp]
change GF_LOG_LEVEL to debug
  change services.grafana.environment.GF_LOG_LEVEL
remove the postgres volume
  remove volumes.postgres
remove grafana_data
  remove volumes.grafana_data
remove the grafana volume
  remove volumes.grafana_data
rename grafana to dashboards
  rename services.grafana services.dashboards
bump the exporter to v0.16
  change services.postgres-exporter.image
`;
