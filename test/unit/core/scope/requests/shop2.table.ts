/** A web shop, where images say what the names do not. */
export const shop2 = `
rename network back to internal
  rename networks.back networks.internal
rename db to cache
  ! rename db to cache
rename db
  ! rename db
rename db to cache and cache to db
  ! db to cache
  ! cache to db
add a service mailhog
  add services.mailhog
add mailhog
  add services.mailhog
add a mailhog service with port 8025 published
  add services.mailhog
add service cache
  ! add service cache
add a new volume named pgbackup
  add volumes.pgbackup
create network monitoring
  add networks.monitoring
create a secret db_password
  add secrets.db_password
add volume uploads
  ! add volume uploads
Please bump redis-commander to 0.8, remove the DEBUG variable from api, and nothing else.
  change services.redis-commander.image
  remove services.api.environment.DEBUG
Add a healthcheck to db, then make api depend on it.
  add services.db.healthcheck
  ! make api depend on it
Remove the \`cache\` service and everything that references it.
  remove services.cache
  ! everything that references it
Only change LOG_LEVEL in api to debug. Don't touch the worker.
  change services.api.environment.LOG_LEVEL
Change LOG_LEVEL in api to debug, but leave worker's LOG_LEVEL alone.
  change services.api.environment.LOG_LEVEL
Bump postgres to 17. Keep the data volume.
  change services.db.image
remove the worker, it's dead code
  remove services.worker
remove worker since nobody uses it anymore
  remove services.worker
remove the worker service which is not used
  remove services.worker
expose api on 8001 and remove the worker
  add services.api.ports[8001:8000/tcp]
  remove services.worker
set SENTRY_DSN in api to foo
  add services.api.environment.SENTRY_DSN
set SENTRY_DSN=foo in api
  add services.api.environment.SENTRY_DSN
set FOO in api to foo
  add services.api.environment.FOO
set FOO=1 for api
  add services.api.environment.FOO
add FOO=1 to api
  add services.api.environment.FOO
add FOO to api
  add services.api.environment.FOO
add FOO to the environment of api
  add services.api.environment.FOO
remove LOG_LEVEL from api and worker
  remove services.api.environment.LOG_LEVEL
  remove services.worker.environment.LOG_LEVEL
remove DEBUG from api and redis-commander
  remove services.api.environment.DEBUG
  ! redis-commander
remove LOG_LEVEL from api, worker and db
  remove services.api.environment.LOG_LEVEL
  remove services.worker.environment.LOG_LEVEL
  ! db
remove api and worker LOG_LEVEL
  remove services.worker.environment.LOG_LEVEL
  ? api: services.api
remove cache and db volume
  remove volumes.dbdata
  ? cache: services.cache
remove cache and db volumes
  remove volumes.dbdata
  ! cache
remove cache and the db volume
  remove services.cache
  remove volumes.dbdata
remove cache and volume uploads
  remove services.cache
  remove volumes.uploads
remove cache and its healthcheck
  remove services.cache
  ! its healthcheck
Remove: cache, worker
  remove services.cache
  remove services.worker
remove the following: cache and worker
  remove services.cache
  remove services.worker
In the api service, set LOG_LEVEL to debug
  change services.api.environment.LOG_LEVEL
in api, remove DEBUG and LOG_LEVEL
  remove services.api.environment.DEBUG
  remove services.api.environment.LOG_LEVEL
In the api service, remove cache
  remove services.api.depends_on.cache
set worker to 3
  ! set worker to 3
change db to 17
  ! change db to 17
update db to 17
  change services.db.image
bump worker memory to 2g
  ! bump worker memory to 2g
bump worker to 512m
  ! bump worker to 512m
point api at db:5432
  ! point api at db:5432
point api to db:5432
  ! point api to db:5432
move api to production
  ! move api to production
change the healthcheck of redis
  ! change the healthcheck of redis
Change LOG_LEVEL to debug in the api service, and only there
  change services.api.environment.LOG_LEVEL
change LOG_LEVEL in api to debug only
  change services.api.environment.LOG_LEVEL
Only the worker: change LOG_LEVEL to debug
  ? LOG_LEVEL to debug: services.api.environment.LOG_LEVEL | services.worker.environment.LOG_LEVEL
`;
