import type { Change, ChangeOp } from '../../../../src/core/diff/change.ts';
import { formatAddress, parseAddress } from '../../../../src/core/model/address.ts';
import type { Entity, EntityKind, InfraDocument, Json } from '../../../../src/core/model/document.ts';

/** A Compose file in canonical form: what each section holds, by name. */
export type Stack = { readonly [section: string]: { readonly [name: string]: Json } };

/** The tree that the reader gives for a stack and for what stands beside the sections, without the text. */
export function stack(sections: Stack, loose: { readonly [name: string]: string } = {}): InfraDocument {
  return { kind: 'compose', text: '', root: entity([], { ...loose, ...sections }), problems: [] };
}

/** A change as the comparison reports it, from `removed services.db` or `renamed services.a services.b`. */
export function change(text: string, from?: string, to?: string): Change {
  const [op = '', address = '', renamed = ''] = text.split(' ');
  const path = parseAddress(address) ?? [];
  return {
    op: op as ChangeOp,
    kind: kindAt(path),
    path,
    address: formatAddress(path),
    renamedTo: renamed === '' ? undefined : parseAddress(renamed),
    from,
    to,
    loss: false,
    dataLoss: false,
    before: undefined,
    after: undefined,
    details: [],
    findings: [],
  };
}

const sectionKinds: Readonly<Record<string, EntityKind>> = {
  services: 'service',
  volumes: 'volume',
  networks: 'network',
  configs: 'config',
  secrets: 'secret',
};

const itemKinds: Readonly<Record<string, EntityKind>> = {
  ports: 'port',
  volumes: 'mount',
  environment: 'environment',
  depends_on: 'dependency',
  networks: 'attachment',
  labels: 'field',
  extra_hosts: 'field',
  secrets: 'field',
  configs: 'field',
  expose: 'field',
};

const composites: ReadonlySet<string> = new Set(['healthcheck', 'build', 'deploy']);

function kindAt(path: readonly string[]): EntityKind {
  if (path.length === 0) return 'document';
  const [top = '', , field = ''] = path;
  if (sectionKinds[top] === undefined) return 'field';
  if (path.length === 1) return 'section';
  if (path.length === 2) return sectionKinds[top];
  if (top === 'services' && path.length === 3 && itemKinds[field] !== undefined) return 'section';
  return top === 'services' && path.length === 4 ? (itemKinds[field] ?? 'field') : 'field';
}

function entity(path: readonly string[], content: Json): Entity {
  const kind = kindAt(path);
  const parts = hasParts(kind, path) && isMapping(content) ? Object.entries(content) : undefined;
  return {
    kind,
    path,
    value: parts === undefined ? content : undefined,
    label: typeof content === 'string' ? content : JSON.stringify(content),
    span: { start: 0, end: 0 },
    children: new Map((parts ?? []).map(([name, part]) => [name, entity([...path, name], part)])),
  };
}

function hasParts(kind: EntityKind, path: readonly string[]): boolean {
  return kind !== 'field' && path.length < 4 ? true : composites.has(path[2] ?? '') && path.length < 5;
}

function isMapping(content: Json): content is { readonly [key: string]: Json } {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}
