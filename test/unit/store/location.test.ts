import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateDirectory } from '../../../src/store/location.ts';

const workspace = '/home/me/shop';

test('on Linux the state lives in ~/.local/state, or where XDG_STATE_HOME says', () => {
  const plain = stateDirectory({ env: {}, platform: 'linux', home: '/home/me', workspace });
  assert.match(plain, /^\/home\/me\/\.local\/state\/infrahold\/shop-[0-9a-f]{16}$/);
  const env = { XDG_STATE_HOME: '/var/state' };
  const told = stateDirectory({ env, platform: 'linux', home: '/home/me', workspace });
  assert.match(told, /^\/var\/state\/infrahold\/shop-[0-9a-f]{16}$/);
});

test('on macOS the state lives in Application Support', () => {
  const directory = stateDirectory({ env: {}, platform: 'darwin', home: '/Users/me', workspace });
  assert.match(directory, /^\/Users\/me\/Library\/Application Support\/infrahold\/shop-/);
});

test('on Windows the state lives in LOCALAPPDATA, or in its usual place', () => {
  const at = { platform: 'win32', home: 'C:\\Users\\me', workspace: 'D:\\work\\shop' };
  const plain = stateDirectory({ env: {}, ...at });
  assert.match(plain, /^C:\\Users\\me\\AppData\\Local\\infrahold\\shop-[0-9a-f]{16}$/);
  const told = stateDirectory({ env: { LOCALAPPDATA: 'E:\\data' }, ...at });
  assert.match(told, /^E:\\data\\infrahold\\shop-/);
});

test('relative directories in the environment are not followed', () => {
  const env = { INFRAHOLD_STATE_HOME: 'here', XDG_STATE_HOME: './there' };
  const directory = stateDirectory({ env, platform: 'linux', home: '/home/me', workspace });
  assert.match(directory, /^\/home\/me\/\.local\/state\//);
});

test('INFRAHOLD_STATE_HOME comes before every other place', () => {
  const env = { INFRAHOLD_STATE_HOME: '/tmp/x', XDG_STATE_HOME: '/var/state' };
  assert.match(stateDirectory({ env, platform: 'linux', home: '/h', workspace }), /^\/tmp\/x\/infrahold\//);
});

test('two workspaces of one name have two directories, and odd names stay harmless', () => {
  const of = (path: string) => stateDirectory({ env: {}, platform: 'linux', home: '/h', workspace: path });
  assert.notEqual(of('/a/shop'), of('/b/shop'));
  assert.match(of('/a/..hidden folder/ü*?'), /infrahold\/workspace-[0-9a-f]{16}$/);
  assert.match(of('/'), /infrahold\/workspace-[0-9a-f]{16}$/);
});
