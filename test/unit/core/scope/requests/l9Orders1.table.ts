/** Orders on the stack of the incident that are understood, at least in part. */
export const l9Orders1 = `
Remove PostgreSQL from docker-compose.yml, we use the host's own postgres instead. DO NOT TOUCH ANYTHING ELSE.
  remove services.l9-postgres
remove l9-redis from docker-compose.yml
  remove services.l9-redis
remove redis and neo4j
  remove services.l9-redis
  remove services.l9-neo4j
bump neo4j to 5.26
  change services.l9-neo4j.image
remove redis and its volume
  remove services.l9-redis
  remove volumes.l9-redis-data
Please remove the postgres service.
  remove services.l9-postgres
please delete the l9-postgres container from the stack
  remove services.l9-postgres
Get rid of neo4j
  remove services.l9-neo4j
take redis out of the compose file
  remove services.l9-redis
rip out neo4j, please!
  remove services.l9-neo4j
drop the redis container and the neo4j container
  remove services.l9-redis
  remove services.l9-neo4j
remove redis, neo4j and postgres
  remove services.l9-redis
  remove services.l9-neo4j
  remove services.l9-postgres
remove both redis and neo4j
  remove services.l9-redis
  remove services.l9-neo4j
Remove only redis
  remove services.l9-redis
Only remove redis, nothing else
  remove services.l9-redis
just remove redis please
  remove services.l9-redis
Remove redis. Leave the api alone.
  remove services.l9-redis
Remove redis but keep its volume
  remove services.l9-redis
Remove redis but don't touch neo4j
  remove services.l9-redis
Don't touch redis, remove postgres
  remove services.l9-postgres
Can you remove redis?
  remove services.l9-redis
could you please remove redis from docker-compose.yml?
  remove services.l9-redis
I want you to remove redis
  remove services.l9-redis
we need to remove redis
  remove services.l9-redis
let's remove redis
  remove services.l9-redis
go ahead and remove redis
  remove services.l9-redis
remove redis and mysql
  remove services.l9-redis
  ! mysql
point MEMORY_DSN at 172.17.0.1:5432
  change services.l9-api.environment.MEMORY_DSN
change MEMORY_DSN in l9-api to postgresql://localhost/x
  change services.l9-api.environment.MEMORY_DSN
set MEMORY_DSN=postgresql://x:5432/y
  change services.l9-api.environment.MEMORY_DSN
remove REDIS_URL from the api
  remove services.l9-api.environment.REDIS_URL
remove the REDIS_URL env var
  remove services.l9-api.environment.REDIS_URL
delete environment variable NEO4J_URI from l9-api
  remove services.l9-api.environment.NEO4J_URI
remove the volume l9-redis-data
  remove volumes.l9-redis-data
remove the redis volume
  remove volumes.l9-redis-data
remove the neo4j volumes
  remove volumes.l9-neo4j-data
  remove volumes.l9-neo4j-logs
remove l9-network
  remove networks.l9-network
remove port 7474 from neo4j
  remove services.l9-neo4j.ports[7474:7474/tcp]
remove neo4j's port 7474
  remove services.l9-neo4j.ports[7474:7474/tcp]
unpublish redis
  remove services.l9-redis.ports[6379:6379/tcp]
stop exposing redis
  remove services.l9-redis.ports[6379:6379/tcp]
stop publishing port 7474 of neo4j
  remove services.l9-neo4j.ports[7474:7474/tcp]
close port 6379
  remove services.l9-redis.ports[6379:6379/tcp]
remove the healthcheck from redis
  remove services.l9-redis.healthcheck
remove redis' healthcheck
  remove services.l9-redis.healthcheck
remove the redis healthcheck
  remove services.l9-redis.healthcheck
remove the dependency on redis from api
  remove services.l9-api.depends_on.l9-redis
remove the api's dependency on redis
  remove services.l9-api.depends_on.l9-redis
remove redis from api's depends_on
  remove services.l9-api.depends_on.l9-redis
remove l9-redis from l9-api
  remove services.l9-api.depends_on.l9-redis
bump redis
  change services.l9-redis.image
upgrade redis to the latest version
  change services.l9-redis.image
update the redis image
  change services.l9-redis.image
upgrade to postgres 17
  change services.l9-postgres.image
upgrade postgres from 16 to 17
  change services.l9-postgres.image
pin neo4j to neo4j:5.26-community
  change services.l9-neo4j.image
downgrade postgres 15
  change services.l9-postgres.image
rename l9-api to backend
  rename services.l9-api services.backend
rename postgres to db
  rename services.l9-postgres services.db
rename volume l9-redis-data to cache-data
  rename volumes.l9-redis-data volumes.cache-data
add redis
  add services.redis
add a redis service
  add services.redis
add service adminer with image adminer:4 on port 8080
  add services.adminer
add a new service called worker
  add services.worker
add a volume called backups
  add volumes.backups
add a network named edge
  add networks.edge
expose redis on 6380
  add services.l9-redis.ports[6380:6379/tcp]
expose redis on 127.0.0.1:6380
  add services.l9-redis.ports[127.0.0.1:6380:6379/tcp]
publish 7475:7474 on neo4j
  add services.l9-neo4j.ports[7475:7474/tcp]
map port 6380 to 6379 in redis
  add services.l9-redis.ports[6380:6379/tcp]
change the port of redis to 6380
  change services.l9-redis.ports[6379/tcp]
move redis to port 6380
  change services.l9-redis.ports[6379/tcp]
change redis port from 6379 to 6380
  change services.l9-redis.ports[6379/tcp]
publish redis on 6380 instead of 6379
  change services.l9-redis.ports[6379/tcp]
publish redis on 6380 instead
  change services.l9-redis.ports[6379/tcp]
remove redis\\nbump postgres to 17
  remove services.l9-redis
  change services.l9-postgres.image
Remove the redis\\nservice from the file
  remove services.l9-redis
Please do the following:\\n- remove redis\\n- bump postgres to 17
  remove services.l9-redis
  change services.l9-postgres.image
Remove:\\n- redis\\n- neo4j
  remove services.l9-redis
  remove services.l9-neo4j
Remove the following services:\\n1. redis\\n2. neo4j
  remove services.l9-redis
  remove services.l9-neo4j
Keep:\\n- redis\\n\\nRemove:\\n- neo4j
  remove services.l9-neo4j
## Tasks\\n- [ ] remove redis\\n- [x] remove neo4j
  remove services.l9-redis
  ! remove neo4j
TODO: remove redis
  remove services.l9-redis
remove redis (the cache)
  remove services.l9-redis
  ! the cache
remove redis (not the volume)
  remove services.l9-redis
Remove redis because we don't need redis and postgres
  remove services.l9-redis
Remove redis because it is unused and bump postgres to 17
  remove services.l9-redis
  change services.l9-postgres.image
Bump redis to 7.4 because we want to drop postgres and remove neo4j
  change services.l9-redis.image
Bump redis to 7 because you can stop it, remove it, and start it
  change services.l9-redis.image
We use the host's postgres, so remove the postgres container
  remove services.l9-postgres
Postgres now runs on the host. Remove the container l9-postgres.
  remove services.l9-postgres
Postgres now runs on the host, remove l9-postgres
  remove services.l9-postgres
In docker-compose.yml, remove redis
  remove services.l9-redis
In the l9-api service, set LOG_LEVEL to debug
  add services.l9-api.environment.LOG_LEVEL
remove redis and everything related to it
  remove services.l9-redis
  ! everything related
remove redis completely
  remove services.l9-redis
remove the redis service that nobody uses
  remove services.l9-redis
remove the old redis
  remove services.l9-redis
remove redis to save memory
  remove services.l9-redis
remove redis without touching anything else
  remove services.l9-redis
remove redis without its volume
  remove services.l9-redis
remove postgres rather than redis
  remove services.l9-postgres
Remove PostgreSQL and its volume, and change MEMORY_DSN to the host db
  remove services.l9-postgres
  remove volumes.l9-postgres-data
  ! change MEMORY_DSN to the host db
remove redis & neo4j
  remove services.l9-redis
  remove services.l9-neo4j
remove redis + neo4j
  remove services.l9-redis
  remove services.l9-neo4j
remove redis along with its volume
  remove services.l9-redis
  remove volumes.l9-redis-data
remove "l9-redis"
  remove services.l9-redis
remove \`l9-redis\`
  remove services.l9-redis
`;
