import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { RefusedVersion } from '../../../src/ports.ts';
import { GuardError } from '../../../src/store/errors.ts';
import { openStore } from '../../../src/store/open.ts';
import { bytes, temporaryFolder, text } from '../disk/temporaryFolder.ts';

async function opened(t: TestContext) {
  const folder = temporaryFolder(t);
  const workspace = join(folder, 'shop');
  mkdirSync(workspace);
  const damage: string[] = [];
  const options = {
    stateHome: join(folder, 'state'),
    onDamage: (message: string) => void damage.push(message),
  };
  return { store: await openStore(workspace, options), damage, workspace, options };
}

const refused: RefusedVersion = {
  path: 'docker-compose.yml',
  content: bytes('services: {}\n'),
  at: 1_000,
  road: 'disk',
  origin: { author: 'ai', tool: 'edit', session: 's1' },
  verdict: 'ask',
};

test('an accepted version is given back byte for byte, also by another store on the same workspace', async (t) => {
  const { store, workspace, options } = await opened(t);
  const content = new Uint8Array([0xef, 0xbb, 0xbf, 0, 255, 13, 10]);
  await store.baselines.accept('a/compose.yml', { content });
  assert.deepEqual(await store.baselines.get('a/compose.yml'), { content });
  const other = await openStore(workspace, options);
  assert.deepEqual(await other.baselines.get('a/compose.yml'), { content });
});

test('an accepted removal is not the same as no baseline', async (t) => {
  const { store } = await opened(t);
  assert.equal(await store.baselines.get('compose.yml'), undefined);
  await store.baselines.accept('compose.yml', { content: undefined });
  assert.deepEqual(await store.baselines.get('compose.yml'), { content: undefined });
  assert.deepEqual(await store.baselines.paths(), ['compose.yml']);
});

test('a workspace reached through a link has the state of the real one', async (t) => {
  const { store, workspace, options } = await opened(t);
  symlinkSync(workspace, `${workspace}-link`);
  assert.equal((await openStore(`${workspace}-link`, options)).directory, store.directory);
});

test('two hundred versions accepted at once by two stores are all kept', async (t) => {
  const { store, workspace, options } = await opened(t);
  const other = await openStore(workspace, options);
  const paths = Array.from({ length: 200 }, (_, index) => `k8s/${index}.yml`);
  const accept = (path: string, index: number) =>
    (index % 2 === 0 ? store : other).baselines.accept(path, { content: bytes(`n: ${index}\n`) });
  await Promise.all(paths.map(accept));
  assert.deepEqual(await store.baselines.paths(), [...paths].sort());
  assert.equal(text((await other.baselines.get('k8s/7.yml'))?.content), 'n: 7\n');
});

test('versions of one path accepted at once leave one of them, whole', async (t) => {
  const { store, damage } = await opened(t);
  const versions = Array.from({ length: 30 }, (_, index) => `${index}`.repeat(5_000));
  await Promise.all(versions.map((one) => store.baselines.accept('a', { content: bytes(one) })));
  assert.ok(versions.includes(text((await store.baselines.get('a'))?.content) ?? ''));
  assert.deepEqual(damage, []);
});

test('what is stored can be read by its owner only', { skip: process.platform === 'win32' }, async (t) => {
  const { store } = await opened(t);
  await store.baselines.accept('.env', { content: bytes('TOKEN=1\n') });
  await store.audit.append({ at: 1, event: 'held' });
  for (const name of ['.', 'objects', 'baselines', 'quarantine']) {
    assert.equal(statSync(join(store.directory, name)).mode & 0o777, 0o700, name);
    for (const entry of readdirSync(join(store.directory, name), { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      assert.equal(statSync(join(store.directory, name, entry.name)).mode & 0o777, 0o600, entry.name);
    }
  }
});

test('a damaged baseline is reported, set aside, and counts as absent', async (t) => {
  const { store, damage } = await opened(t);
  for (const broken of ['', '{"path":"compose.yml"', '{"path":"other.yml","content":null}', '\0\0\0', '[]']) {
    damage.length = 0;
    await store.baselines.accept('compose.yml', { content: bytes('a\n') });
    const file = onlyFile(join(store.directory, 'baselines'));
    writeFileSync(file, broken);
    assert.equal(await store.baselines.get('compose.yml'), undefined, broken);
    assert.equal(damage.length, 1, broken);
    assert.ok(damage[0]?.includes('.damaged-'));
  }
  const aside = readdirSync(join(store.directory, 'baselines')).filter((name) => name.includes('.damaged-'));
  assert.equal(aside.length, 5);
});

test('a content whose bytes rotted is never given back, and can be kept anew', async (t) => {
  const { store, damage } = await opened(t);
  await store.baselines.accept('compose.yml', { content: bytes('good\n') });
  writeFileSync(onlyFile(join(store.directory, 'objects')), 'evil\n');
  assert.equal(await store.baselines.get('compose.yml'), undefined);
  assert.equal(damage.length, 2);
  await store.baselines.accept('compose.yml', { content: bytes('good\n') });
  assert.equal(text((await store.baselines.get('compose.yml'))?.content), 'good\n');
});

test('a content that rotted is noticed when the same content is accepted again', async (t) => {
  const { store, damage } = await opened(t);
  await store.baselines.accept('one.yml', { content: bytes('good\n') });
  writeFileSync(onlyFile(join(store.directory, 'objects')), '');
  await store.baselines.accept('two.yml', { content: bytes('good\n') });
  assert.equal(text((await store.baselines.get('one.yml'))?.content), 'good\n');
  assert.equal(damage.length, 1);
});

test('a state directory that vanished is an error and no empty state', async (t) => {
  const { store } = await opened(t);
  await store.baselines.accept('compose.yml', { content: bytes('a\n') });
  rmSync(store.directory, { recursive: true });
  const gone = (error: unknown) => error instanceof GuardError && error.code === 'state-gone';
  await assert.rejects(store.baselines.get('compose.yml'), gone);
  await assert.rejects(store.baselines.accept('compose.yml', { content: bytes('b\n') }), gone);
  await assert.rejects(store.quarantine.keep(refused), gone);
  await assert.rejects(store.audit.append({ at: 1, event: 'held' }), gone);
  await assert.rejects(store.scopes.get(), gone);
});

test('a refused version comes back whole, with who made it', async (t) => {
  const { store } = await opened(t);
  const id = await store.quarantine.keep(refused);
  assert.deepEqual(await store.quarantine.get(id), refused);
  const removal = { ...refused, content: undefined };
  assert.deepEqual(await store.quarantine.get(await store.quarantine.keep(removal)), removal);
});

test('the same content of the same path has one id, any other has another', async (t) => {
  const { store } = await opened(t);
  const id = await store.quarantine.keep(refused);
  assert.equal(await store.quarantine.keep({ ...refused, at: 2_000, road: 'save' }), id);
  assert.notEqual(await store.quarantine.keep({ ...refused, path: 'other.yml' }), id);
  assert.notEqual(await store.quarantine.keep({ ...refused, content: bytes('') }), id);
  assert.notEqual(await store.quarantine.keep({ ...refused, content: undefined }), id);
  assert.equal((await store.quarantine.list()).length, 4);
});

test('a refused version waits until a person has answered, and again when it comes back', async (t) => {
  const { store } = await opened(t);
  const { path, content } = refused;
  assert.equal(await store.quarantine.find(path, content), undefined);
  const id = await store.quarantine.keep(refused);
  await store.quarantine.keep({ ...refused, at: 2_000 });
  const waiting = await store.quarantine.find(path, content);
  assert.deepEqual([waiting?.id, waiting?.at, waiting?.isOpen], [id, refused.at, true]);
  await store.quarantine.answered(id);
  assert.equal((await store.quarantine.find(path, content))?.isOpen, false);
  await store.quarantine.keep({ ...refused, at: 3_000 });
  const again = await store.quarantine.find(path, content);
  assert.deepEqual([again?.at, again?.isOpen], [3_000, true]);
});

test('refused versions are listed newest first, without their content', async (t) => {
  const { store } = await opened(t);
  for (const at of [2, 3, 1]) await store.quarantine.keep({ ...refused, path: `${at}.yml`, at });
  const list = await store.quarantine.list();
  assert.deepEqual(
    list.map(({ path }) => path),
    ['3.yml', '2.yml', '1.yml'],
  );
  assert.ok(list.every((version) => !('content' in version)));
});

test('an id that is none names no file', async (t) => {
  const { store } = await opened(t);
  assert.equal(await store.quarantine.get('../scope'), undefined);
  assert.equal(await store.quarantine.get('0'.repeat(20)), undefined);
});

test('a damaged quarantine entry is passed over and the others are listed', async (t) => {
  const { store, damage } = await opened(t);
  const id = await store.quarantine.keep(refused);
  const kept = await store.quarantine.keep({ ...refused, path: 'other.yml' });
  writeFileSync(join(store.directory, 'quarantine', `${id}.json`), '{"path":1}');
  assert.deepEqual(
    (await store.quarantine.list()).map((version) => version.id),
    [kept],
  );
  assert.equal(damage.length, 1);
});

test('a scope is kept until it is cleared', async (t) => {
  const { store } = await opened(t);
  assert.equal(await store.scopes.get(), undefined);
  const scope = {
    grants: [
      { op: 'remove' as const, address: 'services.l9-postgres' },
      { op: 'rename' as const, address: 'services.web', to: 'services.frontend' },
    ],
    request: 'remove l9-postgres',
    declaredAt: 1,
    expiresAt: 2,
  };
  await store.scopes.set(scope);
  assert.deepEqual(await store.scopes.get(), scope);
  await store.scopes.set(undefined);
  assert.equal(await store.scopes.get(), undefined);
});

test('a damaged scope counts as none, never as a wider one', async (t) => {
  const { store, damage } = await opened(t);
  const file = join(store.directory, 'scope.json');
  writeFileSync(file, '{"grants":[{"op":"everything","address":"*"}],"declaredAt":1,"expiresAt":9}');
  assert.equal(await store.scopes.get(), undefined);
  assert.equal(damage.length, 1);
});

test('a stored file that may not be read is an error with advice', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { store } = await opened(t);
  await store.scopes.set({ grants: [], declaredAt: 1, expiresAt: 2 });
  const file = join(store.directory, 'scope.json');
  chmodSync(file, 0);
  try {
    readFileSync(file);
    return; // The superuser reads everything.
  } catch {
    await assert.rejects(store.scopes.get(), { name: 'GuardError', code: 'no-permission' });
  }
});

test('a workspace that is not there is an error with advice', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(openStore(join(folder, 'none'), { stateHome: folder }), { name: 'GuardError' });
});

function onlyFile(directory: string): string {
  const names = readdirSync(directory).filter((name) => !name.includes('.damaged-'));
  assert.equal(names.length, 1);
  return join(directory, names[0] ?? '');
}
