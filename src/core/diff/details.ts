import type { Entity } from '../model/document.ts';
import { redactValue } from '../redact.ts';

/** What comes or goes with an entity, a short line each: `image redis:7-alpine`, `port 6379:6379/tcp`. */
export function detailsOf(entity: Entity): string[] {
  const lines: string[] = [];
  collect(entity, lines);
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `… and ${more} more`] : lines;
}

/** Enough to recognise a service; the whole text is beside it wherever this is shown. */
const most = 12;

function collect(entity: Entity, lines: string[]): void {
  for (const child of entity.children.values()) {
    if (child.kind === 'section') collect(child, lines);
    else lines.push(`${wordFor(child)} ${redactValue(child.path, child.label)}`.trimEnd());
  }
}

function wordFor(entity: Entity): string {
  const name = entity.path.at(-1) ?? '';
  switch (entity.kind) {
    case 'port':
      return 'port';
    case 'mount':
      return 'mount';
    case 'environment':
      return `environment ${name} =`;
    case 'dependency':
      return `depends on ${name}:`;
    case 'attachment':
      return 'network';
    default:
      return entity.path.length > 3 ? `${entity.path.at(-2)} ${name}:` : name;
  }
}
