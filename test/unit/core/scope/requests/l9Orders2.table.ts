/** Orders on the stack of the incident that are understood, at least in part. */
export const l9Orders2 = `
remove 'l9-redis' and "neo4j"
  remove services.l9-redis
  remove services.l9-neo4j
Remove redis.\\n\`\`\`yaml\\nservices:\\n  x: remove neo4j\\n\`\`\`\\nThanks!
  remove services.l9-redis
REMOVE REDIS!!!
  remove services.l9-redis
Hi! Please remove redis. Thanks a lot.
  remove services.l9-redis
remove l9 redis
  remove services.l9-redis
remove all env vars from api
  remove services.l9-api.environment
remove all ports of neo4j
  remove services.l9-neo4j.ports
remove the ports of neo4j
  remove services.l9-neo4j.ports
remove the environment of api
  remove services.l9-api.environment
comment out the redis service
  remove services.l9-redis
remove redis and add valkey
  remove services.l9-redis
  add services.valkey
remove redis then add a valkey service
  remove services.l9-redis
  add services.valkey
remove redis; bump postgres to 17; rename l9-api to backend
  remove services.l9-redis
  change services.l9-postgres.image
  rename services.l9-api services.backend
remove redis and bump it to 8
  remove services.l9-redis
  change services.l9-redis.image
bump redis to 7.4 and expose it on 6380
  change services.l9-redis.image
  add services.l9-redis.ports[6380:6379/tcp]
bump redis and postgres to latest
  change services.l9-redis.image
  change services.l9-postgres.image
remove the service named redis
  remove services.l9-redis
remove the container called l9-redis
  remove services.l9-redis
remove services.l9-redis
  remove services.l9-redis
remove volumes.l9-redis-data
  remove volumes.l9-redis-data
make sure to remove redis
  remove services.l9-redis
remove redis, make sure the api still works
  remove services.l9-redis
  ! make sure the api still works
remove redis. The api must keep working.
  remove services.l9-redis
rm redis
  remove services.l9-redis
remove redis plz
  remove services.l9-redis
pls remove redis thx
  remove services.l9-redis
remove redis and neo4j volumes
  remove volumes.l9-redis-data
  remove volumes.l9-neo4j-data
  remove volumes.l9-neo4j-logs
remove the redis and neo4j healthchecks
  remove services.l9-redis.healthcheck
  remove services.l9-neo4j.healthcheck
remove redis and neo4j healthcheck
  remove services.l9-neo4j.healthcheck
  ? redis: services.l9-redis
remove port 7474 from neo4j and redis
  remove services.l9-neo4j.ports[7474:7474/tcp]
  ! redis
remove redis and neo4j port 7474
  remove services.l9-neo4j.ports[7474:7474/tcp]
  ? redis: services.l9-redis
remove postgres from docker-compose.yml and redis
  remove services.l9-postgres
  remove services.l9-redis
remove redis now that the host runs one
  remove services.l9-redis
remove the healthcheck of redis and neo4j
  remove services.l9-redis.healthcheck
  remove services.l9-neo4j.healthcheck
remove redis from the l9-network and neo4j
  remove services.l9-redis.networks.l9-network
  ! neo4j
I don't want redis anymore. Remove redis.
  remove services.l9-redis
Postgres must not be touched. Remove redis.
  remove services.l9-redis
Remove redis. Postgres must not be touched.
  remove services.l9-redis
Please remove the postgres service from docker-compose.yml. We're going to use the PostgreSQL that is installed on the host. Do not modify any other service, volume or network.
  remove services.l9-postgres
Remove the postgres service, but do not remove its volume or change any other services.
  remove services.l9-postgres
Remove postgres, leave everything else exactly as it is.
  remove services.l9-postgres
Remove postgres and leave redis, neo4j and the api alone
  remove services.l9-postgres
delete postgres; keep redis and neo4j
  remove services.l9-postgres
remove redis, not neo4j
  remove services.l9-redis
remove neo4j but not its volumes
  remove services.l9-neo4j
Remove postgres. Everything else must stay the same.
  remove services.l9-postgres
Remove ONLY the l9-postgres service. Nothing else should change.
  remove services.l9-postgres
rather than remove redis, bump neo4j to 5.26
  change services.l9-neo4j.image
remove REDIS_URL and then remove redis
  remove services.l9-api.environment.REDIS_URL
  remove services.l9-redis
remove redis and update the api accordingly
  remove services.l9-redis
  ! update the api accordingly
remove redis and fix the api
  remove services.l9-redis
  ! fix the api
remove redis and all references to it
  remove services.l9-redis
  ! all references
Remove redis and clean up any references
  remove services.l9-redis
  ! clean up any references
remove depends_on from api
  remove services.l9-api.depends_on
remove redis from the depends_on of l9-api
  remove services.l9-api.depends_on.l9-redis
change network_mode of api to bridge
  change services.l9-api.network_mode
remove network_mode from api
  remove services.l9-api.network_mode
remove container_name from redis
  remove services.l9-redis.container_name
add a command to redis
  add services.l9-redis.command
set the command of redis to "redis-server --appendonly yes"
  add services.l9-redis.command
add label foo=bar to redis
  add services.l9-redis.labels.foo
add host.docker.internal to extra_hosts of l9-api
  add services.l9-api.extra_hosts[host.docker.internal]
add "host.docker.internal:host-gateway" to extra_hosts of api
  add services.l9-api.extra_hosts[host.docker.internal]
remove the build section from api
  remove services.l9-api.build
rename redis container to cache
  rename services.l9-redis services.cache
rename the redis service as cache
  rename services.l9-redis services.cache
please, please remove redis
  remove services.l9-redis
ok so remove redis
  remove services.l9-redis
Could you remove redis and bump postgres to 17?
  remove services.l9-redis
  change services.l9-postgres.image
Will you remove redis?
  remove services.l9-redis
Would you please remove redis?
  remove services.l9-redis
create a backup and remove redis
  remove services.l9-redis
  ! create a backup
Remove Redis, Postgres, and Neo4j.
  remove services.l9-redis
  remove services.l9-postgres
  remove services.l9-neo4j
remove services redis and neo4j
  remove services.l9-redis
  remove services.l9-neo4j
remove the services redis, neo4j
  remove services.l9-redis
  remove services.l9-neo4j
remove the l9-redis and l9-neo4j services
  remove services.l9-redis
  remove services.l9-neo4j
remove L9-REDIS
  remove services.l9-redis
bump redis from 7-alpine to 8-alpine in docker-compose.yml
  change services.l9-redis.image
bump version of redis to 8
  change services.l9-redis.image
bump the version of redis
  change services.l9-redis.image
upgrade redis, neo4j and postgres
  change services.l9-redis.image
  change services.l9-neo4j.image
  change services.l9-postgres.image
upgrade redis to 8, neo4j to 5.26 and postgres to 17
  change services.l9-redis.image
  change services.l9-neo4j.image
  change services.l9-postgres.image
upgrade redis to 8 and also expose it on 6380
  change services.l9-redis.image
  add services.l9-redis.ports[6380:6379/tcp]
map 6380:6379 for redis
  add services.l9-redis.ports[6380:6379/tcp]
publish redis port 6379 as 6380
  add services.l9-redis.ports[6380:6379/tcp]
publish redis at 6380
  add services.l9-redis.ports[6380:6379/tcp]
expose redis on port 6380 and neo4j on 8474
  add services.l9-redis.ports[6380:6379/tcp]
  ? neo4j on 8474: services.l9-neo4j.ports[8474:7687/tcp] | services.l9-neo4j.ports[8474:7474/tcp]
map host port 6380 to container port 6379 of redis
  add services.l9-redis.ports[6380:6379/tcp]
publish redis port 6379 on 6380
  add services.l9-redis.ports[6380:6379/tcp]
add extra host host.docker.internal to api
  add services.l9-api.extra_hosts[host.docker.internal]
Remove redis. Only the redis service.
  remove services.l9-redis
Remove redis. Just that.
  remove services.l9-redis
Remove redis. Actually, remove neo4j.
  remove services.l9-neo4j
  ! Remove redis
Actually, remove redis
  remove services.l9-redis
No other changes. Remove redis.
  remove services.l9-redis
point REDIS_URL at redis://cache:6379/0
  change services.l9-api.environment.REDIS_URL
remove l9-redis, l9-redis and redis
  remove services.l9-redis
Leave redis alone. Remove redis and neo4j.
  remove services.l9-neo4j
  ! redis
remove redis & don't ask
  remove services.l9-redis
add a memory limit to redis
  add services.l9-redis.mem_limit
`;
