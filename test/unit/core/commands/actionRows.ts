import type { Group } from './fileRows.ts';

/** Commands that act on what runs, and not on files. None of them is run. */
export const actionGroups: readonly Group[] = [
  {
    effects: ['compose down'],
    commands: [
      'docker compose down',
      'docker-compose down',
      'podman-compose down',
      'podman compose down',
      'sudo docker compose down',
      'cd sub && cd .. && docker compose down',
      'docker compose down --rmi all',
      'docker compose down -t 5',
      '/usr/bin/docker compose down',
      'bash -c "docker compose down"',
      'docker compose down && docker compose up -d',
      'echo y | docker compose down',
      'npm test; docker compose down',
      'time docker compose down',
      'if true; then docker compose down; fi',
      '$(docker compose down)',
      'docker --context x compose down',
      'docker compose --progress plain down',
    ],
  },
  {
    effects: ['compose down -v'],
    commands: [
      'docker compose down -v',
      'docker compose down --volumes',
      'docker-compose down -v',
      'docker compose down -t 0 -v',
      'docker compose \\\n  down -v',
      "sh -c 'docker compose down -v'",
      'X="down -v"; docker compose $X',
      'dc() { docker compose "$@"; }; dc down -v',
      'python3 -c "import os; os.system(\'docker compose down -v\')"',
      "python3 -c \"import subprocess; subprocess.run(['docker', 'compose', 'down', '-v'])\"",
      "node -e \"require('child_process').execSync('docker compose down -v')\"",
    ],
  },
  {
    effects: ['compose down -v --remove-orphans'],
    commands: ['docker compose down -v --remove-orphans', 'docker compose down --remove-orphans --volumes'],
  },
  { effects: ['compose down --remove-orphans'], commands: ['docker compose down --remove-orphans'] },
  {
    effects: ['compose down -v l9-redis'],
    commands: ['docker compose down -v l9-redis', 'docker compose down l9-redis --volumes'],
  },
  {
    effects: ['compose down -f docker-compose.yml -p l9'],
    commands: [
      'docker compose -f docker-compose.yml -p l9 down',
      'env COMPOSE_FILE=docker-compose.yml COMPOSE_PROJECT_NAME=l9 docker compose down',
      'docker compose --file=docker-compose.yml --project-name l9 down',
      'COMPOSE_FILE=docker-compose.yml COMPOSE_PROJECT_NAME=l9 docker compose down',
      'export COMPOSE_PROJECT_NAME=l9; docker compose -f docker-compose.yml down',
    ],
  },
  {
    effects: ['compose down -f docker-compose.yml -f other.yml'],
    commands: ['docker compose -f docker-compose.yml -f other.yml down'],
  },
  {
    effects: ['compose down --profile dev'],
    commands: ['docker compose --profile dev down', 'COMPOSE_PROFILES=dev docker compose down'],
  },
  {
    effects: ['compose rm -v l9-redis'],
    commands: ['docker compose rm -fsv l9-redis', 'docker-compose rm -f -s -v l9-redis'],
  },
  {
    effects: ['compose rm l9-redis'],
    commands: ['docker compose rm -fs l9-redis', 'docker compose rm --stop --force l9-redis'],
  },
  { effects: ['compose stop'], commands: ['docker compose stop', 'docker compose stop -t 3'] },
  { effects: ['compose stop l9-api'], commands: ['docker compose stop l9-api'] },
  {
    effects: ['compose kill l9-api'],
    commands: ['docker compose kill l9-api', 'docker compose kill -s SIGINT l9-api'],
  },
  { effects: ['compose up --remove-orphans'], commands: ['docker compose up -d --remove-orphans'] },
  {
    effects: ['compose up -V'],
    commands: [
      'docker compose up -d -V',
      'docker compose up --renew-anon-volumes -d',
      'docker compose up -dV',
    ],
  },
  { effects: ['compose up -y'], commands: ['docker compose up -d -y'] },
  {
    effects: ['compose scale l9-api'],
    commands: ['docker compose up -d --scale l9-api=0', 'docker compose scale l9-api=0'],
  },
  { effects: ['compose up -f stack.yml'], commands: ['docker compose -f stack.yml up -d'] },
  {
    effects: ['compose up -f /tmp/edited.yml -p l9'],
    commands: ['docker compose -p l9 -f /tmp/edited.yml up -d'],
  },
  { effects: ['compose up -f -'], commands: ["echo 'services: {}' | docker compose -f - up -d"] },
  {
    effects: ['docker volume rm l9_data'],
    commands: [
      'docker volume rm l9_data',
      'docker volume rm -f l9_data',
      'docker volume remove l9_data',
      'podman volume rm l9_data',
    ],
  },
  {
    effects: ['docker volume rm'],
    commands: ['docker volume rm $(docker volume ls -q)', 'docker volume ls -q | xargs docker volume rm'],
  },
  {
    effects: ['docker volume prune'],
    commands: ['docker volume prune -f', 'docker volume prune --all --force'],
  },
  {
    effects: ['docker system prune -v'],
    commands: ['docker system prune --volumes -f', 'docker system prune -af --volumes'],
  },
  { effects: ['docker system prune'], commands: ['docker system prune -f', 'docker system prune -a'] },
  { effects: ['docker network rm l9_net'], commands: ['docker network rm l9_net'] },
  { effects: ['docker network prune'], commands: ['docker network prune -f'] },
  {
    effects: ['docker container rm -v l9-redis'],
    commands: ['docker rm -fv l9-redis', 'docker container rm -f -v l9-redis'],
  },
  {
    effects: ['docker container rm'],
    commands: ['docker rm -f $(docker ps -aq)', 'docker ps -aq | xargs docker rm -f'],
  },
  {
    effects: ['docker container stop l9-api'],
    commands: ['docker stop l9-api', 'docker kill l9-api', 'docker container stop l9-api'],
  },
  { effects: ['docker stack rm l9'], commands: ['docker stack rm l9', 'docker stack down l9'] },
  { effects: ['docker service rm web'], commands: ['docker service rm web'] },
  {
    effects: ['kubectl delete deployment/web'],
    commands: [
      'kubectl delete deployment web',
      'kubectl -n prod delete deployment/web',
      'kubectl delete deployment web --force --grace-period=0',
    ],
  },
  { effects: ['kubectl delete with data pvc/data'], commands: ['kubectl delete pvc data'] },
  { effects: ['kubectl delete with data namespace/prod'], commands: ['kubectl delete namespace prod'] },
  { effects: ['kubectl delete with data'], commands: ['kubectl delete -f k8s/'] },
  {
    effects: ['kubectl scale deployment/web'],
    commands: ['kubectl scale deployment web --replicas=0', 'kubectl scale --replicas 0 deployment/web'],
  },
  { effects: ['kubectl drain node/a'], commands: ['kubectl drain a'] },
  { effects: ['helm uninstall release/web'], commands: ['helm uninstall web', 'helm -n prod delete web'] },
  {
    effects: ['terraform destroy with data'],
    commands: ['terraform destroy -auto-approve', 'terraform -chdir=infra apply -destroy', 'tofu destroy'],
  },
];
