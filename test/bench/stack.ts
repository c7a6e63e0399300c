/** A generated Compose file of `count` services, alike in kind to real ones: images, ports, mounts, health checks. */
export function stackOf(count: number): string {
  const services = Array.from({ length: count }, (_, index) => serviceText(index, count));
  const volumes = Array.from({ length: count }, (_, index) => `  data-${index}:\n`);
  return `name: bench\n\nservices:\n${services.join('\n')}\nvolumes:\n${volumes.join('')}\nnetworks:\n  back:\n    driver: bridge\n`;
}

/** The same stack after an edit of one service in its middle. */
export function withOneEdit(stack: string, count: number): string {
  const middle = Math.floor(count / 2);
  return stack.replace(`registry.example/app-${middle}:1.4.2`, `registry.example/app-${middle}:1.5.0`);
}

function serviceText(index: number, count: number): string {
  const previous =
    index === 0 ? '' : `    depends_on:\n      app-${index - 1}:\n        condition: service_healthy\n`;
  return `  # Part ${index} of ${count}.
  app-${index}:
    image: registry.example/app-${index}:1.4.2
    restart: unless-stopped
    ports:
      - "${10_000 + index}:8080"
    environment:
      DATABASE_URL: postgresql://app:\${DB_PASSWORD}@db-${index}:5432/app
      LOG_LEVEL: info
    volumes:
      - data-${index}:/var/lib/app
    networks: [back]
${previous}    healthcheck:
      test: ["CMD", "wget", "-qO-", "http://localhost:8080/health"]
      interval: 10s
      retries: 5
`;
}
