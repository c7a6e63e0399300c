import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains, formatAddress, parseAddress } from '../../../../src/core/model/address.ts';

const addresses: readonly (readonly [address: string, path: readonly string[]])[] = [
  ['services.l9-api.image', ['services', 'l9-api', 'image']],
  ['services.l9-api.ports[8000/tcp]', ['services', 'l9-api', 'ports', '8000/tcp']],
  ['services.api.ports[[::1]:80:80/tcp]', ['services', 'api', 'ports', '[::1]:80:80/tcp']],
  ['services.api.labels[traefik.enable]', ['services', 'api', 'labels', 'traefik.enable']],
  ['services.api.volumes[/data].read_only', ['services', 'api', 'volumes', '/data', 'read_only']],
  ['services[a.b].image', ['services', 'a.b', 'image']],
  ['services.*.image', ['services', '*', 'image']],
  ['services.größe', ['services', 'größe']],
  ['x-common', ['x-common']],
];

for (const [address, path] of addresses) {
  test(`${address} is written and read alike`, () => {
    assert.deepEqual(parseAddress(address), path);
    assert.equal(formatAddress(path), address);
  });
}

for (const broken of ['', '.', 'services.', '.services', 'a..b', 'a[b', 'a]b', 'a[]', 'a[b]c']) {
  test(`"${broken}" is no address`, () => assert.equal(parseAddress(broken), undefined));
}

test('an entity contains itself and what is below it', () => {
  assert.equal(contains(['services', 'a'], ['services', 'a']), true);
  assert.equal(contains(['services', 'a'], ['services', 'a', 'image']), true);
  assert.equal(contains(['services', 'a'], ['services', 'ab']), false);
  assert.equal(contains(['services', 'a', 'image'], ['services', 'a']), false);
});
