import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, isAlias, isMap, type Node, parseDocument, type Scalar, visit } from 'yaml';
import { readDocument } from '../../../../src/core/model/read.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';
import { everything, realFiles, skipped } from './corpus.ts';

/**
 * An edit of a text that several services share has to be told of each that it reaches, and of no other. What it
 * reaches is what another YAML library, which follows anchors and merge keys, and an `extends` of our own make of it.
 */
test('an edit of what services share is told of every service that it reaches', {
  skip: skipped,
}, (context) => {
  const totals = { files: 0, edits: 0, reached: 0, several: 0 };
  const wrong: string[] = [];
  for (const { name, text, document } of realFiles(everything ? undefined : 400)) {
    const shared = sharedScalars(text);
    if (shared.length > 0) totals.files++;
    for (const scalar of shared) {
      const edited = withOther(text, scalar);
      const after = readDocument('compose', edited);
      const expected = reached(text, edited);
      if (after.problems.length > 0 || expected === undefined) continue;
      const { changes } = judge({ before: document, after, scope: undefined, author: 'ai' });
      const told = new Set(
        changes.flatMap(({ path: [section, service] }) =>
          section === 'services' && service ? [service] : [],
        ),
      );
      totals.edits++;
      totals.reached += expected.length;
      if (expected.length > 1) totals.several++;
      if (JSON.stringify([...told].sort()) !== JSON.stringify(expected))
        wrong.push(
          `${name}: ${String(scalar.value)}: reaches ${expected.join(', ')}, told of ${[...told].join(', ')}`,
        );
    }
  }
  context.diagnostic(
    `shared text sweep: ${totals.files} files, ${totals.edits} edits that reach ${totals.reached} services, ${totals.several} of them several, ${wrong.length} told wrong`,
  );
  assert.deepEqual(wrong.slice(0, 20), []);
  assert.ok(totals.several > 10);
});

/** Plain words of at least three letters below an anchor, or in a service that another extends. */
function sharedScalars(text: string): Scalar[] {
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  if (document.errors.length > 0) return [];
  const found = new Set<Scalar>();
  const collect = (node: unknown) => {
    if (node !== null && typeof node === 'object') {
      visit(node as Node, {
        Scalar: (key, scalar) => {
          if (key !== 'key' && typeof scalar.value === 'string' && isWord(scalar)) found.add(scalar);
        },
      });
    }
  };
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node) && 'anchor' in node && node.anchor) collect(node);
    },
  });
  for (const base of extendedServices(document)) collect(document.getIn(['services', base], true));
  return [...found];
}

function isWord({ type, value }: Scalar): boolean {
  const isText = type === 'PLAIN' || type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
  return (
    isText &&
    /^[a-z][\w./-]+$/.test(String(value)) &&
    !/^(?:true|false|null|yes|off|service:.*)$/.test(String(value))
  );
}

function extendedServices(document: Document): string[] {
  const services = document.get('services');
  if (!isMap(services)) return [];
  return services.items.flatMap(({ value }) => {
    const said: unknown = isMap(value) ? value.get('extends') : undefined;
    const service: unknown = isMap(said) ? (said.has('file') ? undefined : said.get('service')) : said;
    return typeof service === 'string' ? [service] : [];
  });
}

function withOther(text: string, { range, type }: Scalar): string {
  const [, end] = range ?? [0, 0];
  const at = type === 'PLAIN' ? end : end - 1;
  return `${text.slice(0, at)}x${text.slice(at)}`;
}

/** The services that say something else afterwards, by their names; `undefined` where the library has no answer. */
function reached(before: string, after: string): string[] | undefined {
  const [old, fresh] = [servicesOf(before), servicesOf(after)];
  if (old === undefined || fresh === undefined) return undefined;
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  return names.filter((name) => old.get(name) !== fresh.get(name)).sort();
}

function servicesOf(text: string): Map<string, string> | undefined {
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const { services } = document.toJS({ maxAliasCount: 1000 }) as {
    services?: Record<string, Record<string, unknown>>;
  };
  const said = (name: string, chain: readonly string[] = []): unknown[] => {
    const { extends: base, ...own } = services?.[name] ?? {};
    const service =
      typeof base === 'object' && base !== null && !('file' in base) && 'service' in base
        ? base.service
        : base;
    const isFollowed = typeof service === 'string' && !chain.includes(service);
    // What the service says itself hides what it would inherit.
    const inherited = isFollowed ? said(service, [...chain, name]) : [];
    return [own, ...inherited];
  };
  return new Map(Object.keys(services ?? {}).map((name) => [name, JSON.stringify(said(name))]));
}
