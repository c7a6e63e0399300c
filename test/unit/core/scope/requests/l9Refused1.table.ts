/** What grants nothing on the stack of the incident: prohibitions, questions, conditions, vague wishes. */
export const l9Refused1 = `
remove redis from the api
  ! remove redis from the api
don't remove redis
  nothing
should we remove redis?
  ! should we remove redis
remove redis or neo4j
  ? redis or neo4j: services.l9-redis | services.l9-neo4j
keep redis
  nothing
Do not remove redis or postgres
  nothing
Don't remove redis and bump postgres
  nothing
Don't add, remove, or change anything else
  nothing
never remove redis
  nothing
remove everything except redis
  ! remove everything except redis
remove all services
  ! remove all services
remove everything
  ! remove everything
remove it
  ! remove it
remove redis if it is unused
  ! remove redis if it is unused
Remove redis unless the api needs it
  ! Remove redis unless the api needs it
once the api is migrated, remove postgres
  ! once the api is migrated, remove postgres
remove redis when you are done
  ! remove redis when you are done
can we remove redis?
  ! can we remove redis
Would it be ok to remove redis?
  ! Would it be ok to remove redis
why is redis there?
  ! why is redis there
remove redis?
  ! remove redis
we should remove redis
  ! we should remove redis
The redis service should be removed.
  ! The redis service should be removed
remove mysql
  ! remove mysql
remvoe redis
  ! remvoe redis
Entferne den redis service
  ! Entferne den redis service
supprime postgres du docker-compose
  ! supprime postgres du docker-compose
change le port de redis en 6380
  ! change le port de redis en 6380
elimina el servicio de redis
  ! elimina el servicio de redis
make it better
  ! make it better
fix it
  ! fix it
fix the healthcheck
  ! fix the healthcheck
optimize the images
  ! optimize the images
switch postgres to the host db
  ! switch postgres to the host db
use the host's postgres instead
  ! use the host's postgres instead
remove the neo4j volume
  ? the neo4j volume: volumes.l9-neo4j-data | volumes.l9-neo4j-logs
remove the network
  ! remove the network
unpublish neo4j
  ? neo4j: services.l9-neo4j.ports[7687:7687/tcp] | services.l9-neo4j.ports[7474:7474/tcp]
update redis
  ! update redis
bump the api to 2.0
  ! bump the api to 2.0
bump all images
  ! bump all images
rename redis to l9-neo4j
  ! rename redis to l9-neo4j
rename foo to bar
  ! rename foo to bar
add a PostgreSQL service
  ? a PostgreSQL service: services.postgres | services.postgresql
add logging
  ! add logging
add a volume to redis
  ! add a volume to redis
publish neo4j on 8474
  ? neo4j on 8474: services.l9-neo4j.ports[8474:7687/tcp] | services.l9-neo4j.ports[8474:7474/tcp]
open port 9000 on api
  ? port 9000 on api: services.l9-api.ports[9000:9000/tcp]
Don't\\nremove redis
  nothing
Please do not\\nremove redis and do not\\ntouch neo4j
  nothing
Do not do any of the following:\\n- remove redis\\n- drop postgres
  nothing
Out of scope:\\n- remove redis\\n- drop postgres
  ! remove redis
  ! drop postgres
Things the intern proposed:\\n- remove redis
  ! remove redis
# Never\\nremove redis
  nothing
The ticket says: remove redis
  ! The ticket says: remove redis
The ticket says "remove redis" but I disagree.
  ! The ticket says "remove redis" but I disagree
He said remove redis
  ! He said remove redis
They told me, remove redis.
  ! They told me, remove redis
The intern wants to remove redis
  ! The intern wants to remove redis
I was thinking we could remove redis
  ! I was thinking we could remove redis
Remove redis. Only if nobody uses it.
  ! Remove redis
  ! Only if nobody uses it
Remove redis. Actually, don't.
  ! Remove redis
Remove redis. Never mind.
  ! Remove redis
remove redis, but not yet
  ! remove redis, but not yet
remove redis (not now)
  ! remove redis (not now
remove redis tomorrow
  ! remove redis tomorrow
remove redis safely
  ! remove redis safely
We use the host's own postgres instead.
  ! We use the host's own postgres instead
redis is no longer needed
  ! redis is no longer needed
No longer need redis, remove it
  ! remove it
In kubernetes, remove redis
  ! In kubernetes, remove redis
remove the service that uses redis
  ! remove the service that uses redis
remove redis/neo4j
  ! remove redis/neo4j
\`\`\`\\nremove redis\\n\`\`\`
  nothing
> remove redis
  nothing
remove l9
  ? l9: services.l9-redis | services.l9-postgres | services.l9-neo4j | services.l9-api
remove redis from the redis service
  ! remove redis from the redis service
remove redis from neo4j
  ! remove redis from neo4j
remove redis in production
  ! remove redis in production
remove comments
  ! remove comments
remove the images
  ! remove the images
remove the containers
  ! remove the containers
remove data
  ! remove data
remove redis data
  ! remove redis data
delete redis's data
  ! delete redis's data
wipe the redis volume
  ! wipe the redis volume
docker compose down -v
  ! docker compose down -v
stop redis
  ! stop redis
restart redis
  ! restart redis
disable redis
  ! disable redis
replace redis with valkey
  ! replace redis with valkey
swap redis for valkey
  ! swap redis for valkey
change everything you like
  ! change everything you like
do whatever you want with redis
  ! do whatever you want with redis
Only touch redis
  nothing
touch nothing but redis
  nothing
limit the change to redis
  nothing
remove nothing
  nothing
remove nothing but redis
  ! remove nothing but redis
remove no services
  ! remove no services
remove none of the services
  ! remove none of the services
make sure redis is removed
  ! make sure redis is removed
ensure redis is removed
  ! ensure redis is removed
make sure nothing else changes
  nothing
make sure not to remove redis
  nothing
The docker-compose.yml has a redis service that we don't need. Remove it.
  ! Remove it
remove postgres except its volume
  ! remove postgres except its volume
You may only remove redis.
  ! You may only remove redis
you are not allowed to remove redis
  ! you are not allowed to remove redis
you must never remove redis
  nothing
It is forbidden to remove redis
  ! It is forbidden to remove redis
no need to remove redis
  ! no need to remove redis
there is no reason to remove redis
  ! there is no reason to remove redis
instead of removing redis, bump it to 8
  ! bump it to 8
before removing redis, bump neo4j to 5.26
  ! before removing redis, bump neo4j to 5.26
after you remove redis, bump neo4j
  ! after you remove redis, bump neo4j
Add nothing, remove nothing.
  nothing
`;
