/** What people write to agents, on the web shop; the judged file is compose.yaml. The rest as in `written1`. */
export const written2 = `
drop worker
  remove services.worker
Drop the Worker service.
  remove services.worker
please get rid of the worker
  remove services.worker
kill the worker container
  none
stop the worker
  none
restart the worker
  none
disable the worker
  none
comment out the worker
  remove services.worker
scale the worker to 3
  none
run 3 workers
  none
rename web to frontend
  rename services.web services.frontend
rename web -> frontend
  rename services.web services.frontend
rename web to frontend and api to backend
  rename services.web services.frontend
  rename services.api services.backend
rename web to api
  none
rename all services
  none
rename the front network to edge
  rename networks.front networks.edge
expose the api on 8080 too
  add services.api.ports[8080:8000/tcp]
expose the api on 9000 too
  add services.api.ports[9000:8000/tcp]
publish the worker on 9000
  none
remove redis-commander
  remove services.redis-commander
remove the redis commander
  remove services.redis-commander
remove db
  remove services.db
remove the db
  remove services.db
remove the database
  remove services.db
remove db, cache, worker
  remove services.db
  remove services.cache
  remove services.worker
remove db. actually no, keep it
  none
remove db... wait, no. remove cache.
  remove services.cache
remove cache - sorry, i mean worker
  none
remove cache. scratch that.
  none
remove cache. Then remove it from depends_on of api.
  remove services.cache
remove cache and everything that depends on it
  none
remove cache and all references to it
  remove services.cache
remove cache, remove worker, bump db to 17
  remove services.cache
  remove services.worker
  change services.db.image
remove cache then set LOG_LEVEL to debug in api
  remove services.cache
  change services.api.environment.LOG_LEVEL
remove cache; set LOG_LEVEL=debug on the api; don't touch db
  remove services.cache
  change services.api.environment.LOG_LEVEL
remove cache from api's depends_on
  remove services.api.depends_on.cache
api should no longer depend on cache
  none
remove the dependency of api on db
  remove services.api.depends_on.db
take api off the front network
  none
remove front from the networks of api
  remove services.api.networks.front
remove the label traefik.enable from api
  remove services.api.labels[traefik.enable]
set traefik.enable to false on api
  change services.api.labels[traefik.enable]
remove the ports of web
  remove services.web.ports
remove port 8443 from web
  remove services.web.ports[8443:443/tcp]
remove port 8443
  remove services.web.ports[8443:443/tcp]
change port 8080 of web to 80
  change services.web.ports[80/tcp]
move web from 8080 to 9090
  none
set DEBUG=1 in api
  change services.api.environment.DEBUG
set DEBUG to 1
  change services.api.environment.DEBUG
set LOG_LEVEL to debug everywhere
  none
set LOG_LEVEL to debug in all services
  none
turn on debug in api
  none
add env var FOO=bar to worker
  add services.worker.environment.FOO
add FOO=bar to db
  add services.db.environment.FOO
set POSTGRES_PASSWORD in db to hunter2
  change services.db.environment.POSTGRES_PASSWORD
rotate the postgres password
  none
remove POSTGRES_PASSWORD from db
  remove services.db.environment.POSTGRES_PASSWORD
set restart to unless-stopped for cache
  change services.cache.restart
make cache restart always
  none
add a redis service
  add services.redis
add a service called mail
  add services.mail
add a mailhog container for local testing
  none
add a volume for uploads
  none
mount uploads in api at /uploads
  none
remove the uploads volume
  remove volumes.uploads
remove volume dbdata
  remove volumes.dbdata
delete dbdata
  remove volumes.dbdata
wipe dbdata
  none
remove the stripe_key secret
  remove secrets.stripe_key
remove the unused network
  none
remove network back
  remove networks.back
the worker is broken, remove it
  remove services.worker
worker is not used anymore so remove it
  none
worker isn't used. remove it and its network
  none
remove the worker, it was replaced by celery
  remove services.worker
look at worker and remove it if you like
  none
remove worker? or should it stay?
  none
why was worker removed?
  none
who removed worker
  none
worker was removed
  none
worker has been removed by mistake, add it back
  none
`;
