import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands, contextKeys, heldView, section, settings } from '../../src/editor/ids.ts';
import { root, sourcesBelow } from './sources.ts';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

interface Setting {
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly enabledApiProposals?: unknown;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations?: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command?: string; readonly when?: string }[]>
    >;
    readonly walkthroughs?: readonly {
      readonly steps: readonly { readonly media: Readonly<Record<string, string>> }[];
    }[];
  };
}

const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const words = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Readonly<
  Record<string, string>
>;
const { contributes } = manifest;
const properties = Object.assign(
  {},
  ...contributes.configuration.map((group) => group.properties),
) as Readonly<Record<string, Setting>>;
const code = sourcesBelow('src/editor')
  .map((source) => source.text)
  .join('\n');

test('the commands of the manifest are the commands of the code', () => {
  assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.values(commands).sort());
  assert.ok(contributes.commands.length <= 15);
});

test('every command stands in the category of the product, with a title that is a name and not a key', () => {
  for (const { command, title, category } of contributes.commands) {
    assert.equal(category, 'Infrahold', command);
    assert.match(titleOf(title), /^[A-Z]/, command);
    assert.doesNotMatch(titleOf(title), /Infrahold|\p{Extended_Pictographic}/u, command);
  }
});

test('the settings of the manifest are the settings of the code', () => {
  const known = Object.values(settings).map((name) => `${section}.${name}`);
  assert.deepEqual(Object.keys(properties).sort(), known.sort());
  for (const [name, { description, markdownDescription }] of Object.entries(properties)) {
    assert.ok(description ?? markdownDescription, name);
  }
});

test('a workspace cannot weaken protection by its settings', () => {
  const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations ?? [];
  const weakening = Object.keys(properties).filter((name) => !name.includes('.display.'));
  for (const name of weakening) {
    assert.ok(['machine', 'application'].includes(properties[name]?.scope ?? ''), name);
    assert.ok(restricted.includes(name), name);
  }
});

test('every context key in a "when" is set by the code, and every key of the code is used', () => {
  const named = new Set([...text.matchAll(/\binfrahold\.\w+\b/g)].map(([key]) => key));
  const clauses = [...text.matchAll(/"when": "([^"]*)"/g)].map((match) => match[1] ?? '').join(' ');
  const known = new Set<string>([...Object.values(contextKeys), heldView, ...Object.values(commands)]);
  const used = [...clauses.matchAll(/\binfrahold\.\w+\b/g)].map(([key]) => key);
  assert.ok(named.size > 5);
  assert.deepEqual(
    used.filter((key) => !known.has(key)),
    [],
  );
  for (const key of Object.keys(contextKeys)) assert.ok(code.includes(`contextKeys.${key}`), key);
});

test('every view of the manifest is one that the code fills', () => {
  const views = Object.values(contributes.views).flat();
  assert.deepEqual(
    views.map(({ id }) => id),
    [heldView],
  );
});

test('every menu entry names a command that exists', () => {
  const known: readonly string[] = Object.values(commands);
  const named = Object.values(contributes.menus)
    .flat()
    .flatMap(({ command }) => command ?? []);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((command) => !known.includes(command)),
    [],
  );
});

test('every text of the manifest exists, and none is left over', () => {
  const named = [...text.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? '');
  assert.deepEqual([...new Set(named)].sort(), Object.keys(words).sort());
});

test('every picture that the manifest names is there', () => {
  const pictures = [...text.matchAll(/"(media\/[^"]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(pictures.includes(manifest.icon));
  assert.deepEqual(
    pictures.filter((path) => !existsSync(join(root, path))),
    [],
  );
});

test('the manifest asks for no proposed API and admits the VS Code that Cursor is built on', () => {
  assert.equal(manifest.enabledApiProposals, undefined);
  const [, minor] = /^\^1\.(\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
  assert.ok(minor !== undefined && Number(minor) <= 105);
});

function titleOf(title: string): string {
  return /^%(.+)%$/.test(title) ? (words[title.slice(1, -1)] ?? '') : title;
}
