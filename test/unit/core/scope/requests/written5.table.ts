/** Other languages, quotes of others and mixed moods on the stack of the incident. As in `written1`. */
export const written5 = `
Entferne Redis aus der Compose-Datei.
  none
Bitte lösche den Dienst l9-redis und sonst nichts
  none
Benenne l9-api in backend um
  none
Ändere REDIS_URL in l9-api
  none
Supprimez le service redis, s'il vous plaît
  none
Renomme l9-api en backend
  none
ne supprime pas postgres
  none
Elimina neo4j y no toques nada más
  none
Cambia el puerto de redis a 6380
  none
请删除 redis 服务
  none
把 postgres 升级到 17
  none
redisを削除してください
  none
l9-apiをbackendに改名
  none
удали redis из docker-compose.yml
  none
Не трогай postgres
  none
Remova o serviço redis
  none
Remove o redis, por favor
  none
remove o serviço l9-redis
  none
Atualize o postgres para 17
  none
rimuovi neo4j
  none
verwijder redis
  none
usuń redis
  none
redis 컨테이너를 제거해줘
  none
expose le port 8080 sur l9-api
  none
change la version de postgres à 17
  none
drop redis bitte
  none
remove redis. Danke!
  remove services.l9-redis
Remove l9-postgres from docker-compose.yml. DO NOT TOUCH ANYTHING ELSE.
  remove services.l9-postgres
REMOVE REDIS
  remove services.l9-redis
REMOVE REDIS!!! NOW!!!
  remove services.l9-redis
ok so, um, can you like just drop the redis thing
  none
Hey! Could you kindly remove neo4j? Thank you so much, you're the best.
  remove services.l9-neo4j
redis: remove
  none
postgres -> 17
  none
remove: l9-redis, l9-neo4j
  remove services.l9-redis
  remove services.l9-neo4j
Remove these services:\\n\\n  - l9-redis\\n  - l9-neo4j
  remove services.l9-redis
  remove services.l9-neo4j
Do NOT remove these services:\\n- l9-redis\\n- l9-neo4j\\n\\nRemove l9-postgres.
  remove services.l9-postgres
Remove redis, neo4j; keep postgres.
  remove services.l9-redis
  remove services.l9-neo4j
either redis or neo4j has to go
  none
Remove redis AND/OR neo4j
  none
bump everything to latest
  none
bump all images
  none
remove redis's volume
  remove volumes.l9-redis-data
remove the neo4j logs volume
  remove volumes.l9-neo4j-logs
remove the neo4j volumes
  remove volumes.l9-neo4j-data
  remove volumes.l9-neo4j-logs
remove all ports
  none
unpublish neo4j's ports
  none
remove all ports of neo4j
  remove services.l9-neo4j.ports
change the bolt port of neo4j
  none
remove REDIS_URL and NEO4J_URI from the api
  remove services.l9-api.environment.REDIS_URL
  remove services.l9-api.environment.NEO4J_URI
remove redis and everything that belongs to it
  remove services.l9-redis
remove redis including all its traces
  none
nuke redis
  none
kill redis
  none
get rid of redis and neo4j, we moved to sqlite
  remove services.l9-redis
  remove services.l9-neo4j
The reviewer wrote "remove redis". I disagree, leave it.
  none
my colleague said we should drop postgres
  none
according to the docs, remove redis
  none
"Remove redis" is what the ticket says.
  none
Ticket L9-42: remove redis
  remove services.l9-redis
Closes #12: remove redis
  none
git log shows: remove redis
  none
Write a test that removes redis
  none
grep -r "remove redis" .
  none
add a comment "remove redis later" above the service
  none
add a TODO to remove redis
  none
remove the comment about redis
  none
Don't remove redis, rename it to cache.
  none
Instead of removing redis, bump it to 7.4
  none
rather than dropping neo4j, upgrade neo4j to 5.26
  none
I removed redis. Now bump postgres to 17.
  change services.l9-postgres.image
You removed redis by mistake. Restore it.
  none
after removing redis the api fails
  none
undo: remove redis
  none
don't forget to remove redis
  remove services.l9-redis
remember to remove redis
  none
you don't have to remove redis
  none
stop removing redis
  none
remove redis? or better keep it?
  none
remove redis later
  none
next week remove redis
  none
remove redis in staging only
  none
remove redis from production
  none
remove redis from the docs
  none
remove redis from requirements.txt
  none
remove redis from package.json and neo4j from docker-compose.yml
  none
in docker-compose.yml, drop l9-redis; in README.md drop its section
  remove services.l9-redis
rename l9-api to l9-backend, keeping its container name
  rename services.l9-api services.l9-backend
replace redis with valkey
  none
replace postgres:16-alpine with postgres:17-alpine
  none
swap neo4j for memgraph
  none
migrate from redis to valkey
  none
set restart to always on all services
  none
remove restart from every service
  none
set network_mode of l9-api to bridge
  change services.l9-api.network_mode
remove network_mode from l9-api
  remove services.l9-api.network_mode
change the healthcheck interval of redis to 30s
  none
change redis' healthcheck
  change services.l9-redis.healthcheck
remove the healthcheck from redis and neo4j
  remove services.l9-redis.healthcheck
  remove services.l9-neo4j.healthcheck
change POSTGRES_PASSWORD to 'correct horse battery staple'
  change services.l9-postgres.environment.POSTGRES_PASSWORD
`;
