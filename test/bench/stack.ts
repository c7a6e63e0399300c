/**
 * A generated Compose file of `count` services, alike in kind to real ones: images, ports, mounts, health checks. No
 * line that names `variant` is in a stack of another variant, so that nothing of it can have been read before.
 */
export function stackOf(count: number, variant = ''): string {
  const services = Array.from({ length: count }, (_, index) =>
    serviceText(`${variant}${index}`, index, count, variant),
  );
  const volumes = Array.from({ length: count }, (_, index) => `  data-${variant}${index}:\n`);
  return `name: bench\n\nservices:\n${services.join('\n')}\nvolumes:\n${volumes.join('')}\nnetworks:\n  back:\n    driver: bridge\n`;
}

/** The same stack after an edit of one service in its middle. */
export function withOneEdit(stack: string, count: number, variant = ''): string {
  const middle = `${variant}${Math.floor(count / 2)}`;
  return stack.replace(`registry.example/app-${middle}:1.4.2`, `registry.example/app-${middle}:1.5.10`);
}

/** The same stack with another image for every service. */
export function withAllEdited(stack: string): string {
  return stack.replaceAll(':1.4.2\n', ':1.5.10\n');
}

function serviceText(name: string, index: number, count: number, variant: string): string {
  const previous =
    index === 0
      ? ''
      : `    depends_on:\n      app-${variant}${index - 1}:\n        condition: service_healthy\n`;
  return `  # Part ${index} of ${count}.
  app-${name}:
    image: registry.example/app-${name}:1.4.2
    restart: unless-stopped
    ports:
      - "${10_000 + index}:8080"
    environment:
      DATABASE_URL: postgresql://app:\${DB_PASSWORD}@db-${name}:5432/app
      LOG_LEVEL: info
    volumes:
      - data-${name}:/var/lib/app
    networks: [back]
${previous}    healthcheck:
      test: ["CMD", "wget", "-qO-", "http://localhost:8080/health"]
      interval: 10s
      retries: 5
`;
}
