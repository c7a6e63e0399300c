/** Whole Compose files with what YAML and Compose have to say things by. */
export const richTexts: readonly string[] = [
  `# Anchors, merge keys, extensions.
x-logging: &logging
  driver: json-file
  options: {max-size: "10m", max-file: "3"}
x-base: &base
  restart: unless-stopped
  logging: *logging
services:
  web:
    <<: *base
    image: nginx:1.27
    ports: ["80:80", "443:443"]
    depends_on: [api]
  api:
    <<: [*base]
    image: example/api:1
    environment: &env
      LOG: info
      TOKEN: \${API_TOKEN:-none}
  worker:
    <<: *base
    image: example/api:1
    environment:
      <<: *env
      LOG: debug
    command: ["run", "--all"]
`,
  `services:
  db:
    image: "postgres:16"
    environment:
      - POSTGRES_PASSWORD=\${DB_PASSWORD:?no password}
      - POSTGRES_DB=shop
    volumes:
      - db-data:/var/lib/postgresql/data
      - type: bind
        source: ./init
        target: /docker-entrypoint-initdb.d
        read_only: true
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U postgres"]
      interval: 10s
      retries: 5
    deploy:
      resources:
        limits: {cpus: '0.50', memory: 512M}
  app:
    build:
      context: .
      args: {VERSION: "1.10", DEBUG: 'no'}
    depends_on:
      db: {condition: service_healthy}
    networks:
      back: {aliases: [shop]}
volumes:
  db-data:
    driver: local
networks:
  back:
    driver: bridge
`,
  `services:
  grüße:
    image: ubuntu
    command: |
      echo "Zwölf Boxkämpfer 🐳"
      exec sleep 1000
    labels:
      traefik.enable: "true"
      notes: >-
        a folded
        text
  job:
    image: busybox
    profiles: [once]
    user: "1000:1000"
    ulimits: {nofile: 1024}
    tmpfs: /run
    secrets: [key]
    configs:
      - source: conf
        target: /etc/conf
secrets:
  key: {file: ./key.txt}
configs:
  conf:
    content: |
      a=1
`,
  `services:
  one:
    image: a
    ports: ["8080:80"]
---
services:
  one:
    image: b
    ports: !override ["9090:80"]
  two:
    image: c
`,
  `{"name": "flow", "services": {"a": {"image": "x", "environment": {"A": null, "B": 1, "C": true}}, "b": {"image": "y", "network_mode": "service:a"}}}
`,
  `services:\r
  a:\r
    image: x # said\r
    expose: ['1', "2"]\r
    extra_hosts:\r
      - "host:127.0.0.1"\r
    sysctls:\r
      net.core.somaxconn: 1024\r
  b:\r
    image: y\r
    volumes_from: [a]\r
    links: ["a:other"]\r
`,
];
