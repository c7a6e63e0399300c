import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './sources.ts';

const meta = readFileSync(join(root, 'dist/meta.json'), 'utf8');
const notices = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');

/** The packages of which any text is in what the bundler wrote, as their own manifests name them. */
const bundled = [...new Set(meta.match(/node_modules\/(?:@[\w.-]+\/)?[\w.-]+(?=\/)/g) ?? [])].map((folder) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
);

/** With these, who ships a bundle has to keep their texts, and nothing else. */
const usable = ['MIT', 'ISC', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'];

test('every package that is bundled is named with its version and its licence', () => {
  assert.ok(bundled.length > 10);
  for (const { name, version, license } of bundled) {
    assert.ok(usable.includes(license), `${name}: ${license}`);
    assert.ok(notices.includes(`\n${name} ${version} (${license})\n`), name);
  }
});

test('the text of each licence follows the name, whole', () => {
  for (const { name, version } of bundled) {
    const [, notice = ''] = notices.split(`\n${name} ${version} (`);
    const file = ['LICENSE', 'LICENSE.md', 'License']
      .map((one) => join(root, 'node_modules', name, one))
      .find((one) => existsSync(one));
    const text = file === undefined ? 'Permission is hereby granted' : readFileSync(file, 'utf8').trim();
    assert.ok(notice.split(`\n${'-'.repeat(80)}\n`)[0]?.includes(text.replaceAll('\r\n', '\n')), name);
  }
});
