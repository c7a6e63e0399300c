/** A web shop, where images say what the names do not. */
export const shop1 = `
bump redis to 7.4 and postgres to 17
  change services.db.image
  ? redis to 7.4: services.cache.image | services.redis-commander.image
remove redis
  ? redis: services.cache | services.redis-commander
set LOG_LEVEL to debug in api
  change services.api.environment.LOG_LEVEL
expose api on 8001 too
  add services.api.ports[8001:8000/tcp]
rename web to frontend
  rename services.web services.frontend
clean up the compose file
  ! clean up the compose file
add a healthcheck to db
  add services.db.healthcheck
add restart policy to api
  add services.api.restart
add LOG_LEVEL=debug to the api
  ! add LOG_LEVEL=debug to the api
add env var SENTRY_DSN to api
  add services.api.environment.SENTRY_DSN
add SENTRY_DSN to the environment of api
  add services.api.environment.SENTRY_DSN
set SENTRY_DSN in api to https://x
  add services.api.environment.SENTRY_DSN
set LOG_LEVEL to debug
  ? LOG_LEVEL to debug: services.api.environment.LOG_LEVEL | services.worker.environment.LOG_LEVEL
set LOG_LEVEL=debug in api and worker
  change services.api.environment.LOG_LEVEL
  change services.worker.environment.LOG_LEVEL
set LOG_LEVEL=debug and DEBUG=1 in api
  change services.api.environment.LOG_LEVEL
  change services.api.environment.DEBUG
change the LOG_LEVEL of the worker to warn
  change services.worker.environment.LOG_LEVEL
change api's LOG_LEVEL to warn
  change services.api.environment.LOG_LEVEL
change DEBUG to 1
  change services.api.environment.DEBUG
change DATABASE_URL in api from postgres://db/shop to postgres://host/shop
  change services.api.environment.DATABASE_URL
update DATABASE_URL
  change services.api.environment.DATABASE_URL
remove DEBUG from api and LOG_LEVEL from worker
  remove services.api.environment.DEBUG
  remove services.worker.environment.LOG_LEVEL
remove DEBUG and LOG_LEVEL from api
  remove services.api.environment.DEBUG
  remove services.api.environment.LOG_LEVEL
remove LOG_LEVEL
  ? LOG_LEVEL: services.api.environment.LOG_LEVEL | services.worker.environment.LOG_LEVEL
rename env var DEBUG to VERBOSE in api
  remove services.api.environment.DEBUG
  add services.api.environment.VERBOSE
set the restart policy of cache to unless-stopped
  change services.cache.restart
set restart to always for api
  add services.api.restart
change restart of cache to no
  change services.cache.restart
add restart: always to api
  add services.api.restart
add restart always to db
  add services.db.restart
add a restart policy to cache
  ! add a restart policy to cache
remove the restart policy from cache
  remove services.cache.restart
add a healthcheck to api and worker
  add services.api.healthcheck
  add services.worker.healthcheck
add healthchecks to all services
  ! add healthchecks to all services
add healthcheck for db
  add services.db.healthcheck
remove the version key
  remove version
remove the obsolete version field
  remove version
remove version
  remove version
expose web on 9090
  ? web on 9090: services.web.ports[9090:80/tcp] | services.web.ports[9090:443/tcp]
publish cache on 6379
  add services.cache.ports[6379:6379/tcp]
publish db on 5432
  ! publish db on 5432
expose worker on 9000
  ! expose worker on 9000
publish 5432:5432 on db
  add services.db.ports[5432:5432/tcp]
add port 5433:5432 to db
  add services.db.ports[5433:5432/tcp]
add port mapping 9000:9000 to worker
  add services.worker.ports[9000:9000/tcp]
open port 443 on web
  ? port 443 on web: services.web.ports[443:80/tcp] | services.web.ports[443:443/tcp]
expose port 80 of web on 8888
  add services.web.ports[8888:80/tcp]
remove port 8443 from web
  remove services.web.ports[8443:443/tcp]
remove port 443
  remove services.web.ports[8443:443/tcp]
remove port 80 of web
  remove services.web.ports[8080:80/tcp]
remove the port 8081 from redis-commander
  remove services.redis-commander.ports[8081:8081/tcp]
remove api from the front network
  remove services.api.networks.front
disconnect api from front
  remove services.api.networks.front
connect worker to the front network
  add services.worker.networks.front
attach worker to front
  add services.worker.networks.front
add worker to network front
  add services.worker.networks.front
add network front to worker
  add services.worker.networks.front
remove front from api
  remove services.api.networks.front
remove the front network from api
  remove services.api.networks.front
remove the front network
  remove networks.front
remove network back
  remove networks.back
remove front and back
  remove networks.front
  remove networks.back
remove uploads
  remove volumes.uploads
remove the uploads volume
  remove volumes.uploads
remove the db volume
  remove volumes.dbdata
remove db's volume
  remove volumes.dbdata
remove the volume of db
  remove volumes.dbdata
remove the dbdata volume from db
  ? the dbdata volume from db: services.db.volumes[/var/lib/postgresql/data] | volumes.dbdata
unmount dbdata from db
  remove services.db.volumes[/var/lib/postgresql/data]
remove secret stripe_key
  remove secrets.stripe_key
remove the secret stripe_key from api
  remove services.api.secrets.stripe_key
remove the site config
  remove configs.site
remove the traefik.enable label from api
  remove services.api.labels[traefik.enable]
add label traefik.port=80 to web
  add services.web.labels[traefik.port]
add a dependency on cache to worker
  add services.worker.depends_on.cache
add redis to worker's depends_on
  ? redis to worker's depends_on: services.worker.depends_on.cache | services.worker.depends_on.redis-commander
add cache to the depends_on of worker
  add services.worker.depends_on.cache
remove cache from depends_on of api
  remove services.api.depends_on.cache
remove the dependency of api on cache
  remove services.api.depends_on.cache
remove postgres
  remove services.db
remove the database
  remove services.db
remove the db container
  remove services.db
remove the postgres database
  remove services.db
remove redis-commander
  remove services.redis-commander
remove redis commander
  remove services.redis-commander
remove the redis cache
  remove services.cache
remove cache
  remove services.cache
remove nginx
  remove services.web
remove shop-api
  remove services.api
bump nginx to 1.28
  change services.web.image
bump api and worker to 1.5
  change services.api.image
  change services.worker.image
bump shop-api to 1.5
  change services.api.image
upgrade redis to 7.4
  ? redis to 7.4: services.cache.image | services.redis-commander.image
use postgres:17 for db
  change services.db.image
use redis:7.4 as cache
  change services.cache.image
use the redis:7.4 image for cache
  change services.cache.image
use postgres 17
  ! use postgres 17
change the image of db to postgres:17
  change services.db.image
change db to postgres:17
  change services.db.image
set db's image to postgres:17
  change services.db.image
switch web to nginx:1.28-alpine
  change services.web.image
update db to version 17
  change services.db.image
switch db to mysql
  ! switch db to mysql
pin web to 1.27.3
  change services.web.image
upgrade the database to PostgreSQL 17
  change services.db.image
change api
  ! change api
update web
  ! update web
change the port of api to 8001
  change services.api.ports[8000/tcp]
change web's port to 9090
  ? web's port to 9090: services.web.ports[80/tcp] | services.web.ports[443/tcp]
change port 8080 to 9090
  change services.web.ports[80/tcp]
change port 8080 of web to 9090
  change services.web.ports[80/tcp]
change the host port of api from 8000 to 9000
  change services.api.ports[8000/tcp]
rename cache to redis
  rename services.cache services.redis
rename the cache service to redis-cache
  rename services.cache services.redis-cache
rename volume dbdata to pgdata
  rename volumes.dbdata volumes.pgdata
`;
