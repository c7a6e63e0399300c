import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nothingOfOurs, type Ours } from '../../../src/setup/editorLocks.ts';
import { settingsFileAt } from '../../../src/setup/personsSettings.ts';
import { temporaryFolder } from '../disk/temporaryFolder.ts';

const persons = '{\n  "editor.tabSize": 3,\n  "editor.rulers": [ 100 ]\n}\n';

for (const [what, half] of [
  ['empty', ''],
  ['half written', persons.slice(0, 30)],
] as const) {
  test(`settings that are ${what} while VS Code writes them are waited for, and none is lost`, async (t) => {
    const file = join(temporaryFolder(t), 'settings.json');
    writeFileSync(file, half);
    let ours: Ours = nothingOfOurs;
    const noting = async (next: Ours) => {
      ours = next;
    };
    const place = settingsFileAt(file);
    setTimeout(() => writeFileSync(file, persons), 150);
    await place.write(ours, ['/work/shop/compose.yml'], noting);
    const locked = readFileSync(file, 'utf8');
    assert.match(
      locked,
      /"editor.tabSize": 3,\n {2}"editor.rulers": \[ 100 \],\n {2}"files.readonlyInclude"/,
    );
    await place.write(ours, [], noting);
    assert.equal(readFileSync(file, 'utf8'), persons);
  });
}
