import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives the path of a real Compose, or the reason why there is none. It comes as Debian's package from the place this
 * machine's own apt takes its packages from, in a newer suite, and is unpacked below `node_modules/.cache`: nothing
 * is installed, and nothing of the machine's own apt is touched.
 */
export function fetchCompose(root) {
  const given = process.env.INFRAHOLD_COMPOSE;
  if (given) return existsSync(given) ? { path: given } : { missing: `there is no file ${given}` };
  const cache = join(root, 'node_modules', '.cache', 'infrahold', 'compose');
  const path = join(cache, 'unpacked', 'usr', 'libexec', 'docker', 'cli-plugins', 'docker-compose');
  if (existsSync(path)) return { path };
  const source = sources().at(0);
  if (source === undefined) return { missing: 'this machine has no apt source to take docker-compose from' };
  for (const suite of ['forky', 'sid']) {
    if (unpack(cache, source, suite) && existsSync(path)) return { path };
  }
  return { missing: 'apt could not bring docker-compose from the suites forky and sid' };
}

/** Where apt takes the distribution itself from, and by which keys it knows it. */
function sources() {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sources')) : [];
  const stanzas = names.flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\n\s*\n/));
  const field = (stanza, name) => new RegExp(`^${name}:[ \\t]*(\\S+)`, 'mi').exec(stanza)?.[1];
  const found = stanzas.flatMap((stanza) => {
    const [uri, keys] = [field(stanza, 'URIs'), field(stanza, 'Signed-By')];
    return uri && /^Types:.*\bdeb\b/m.test(stanza) ? [{ uri, keys }] : [];
  });
  const list = '/etc/apt/sources.list';
  for (const line of existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []) {
    const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)/.exec(line);
    if (match) found.push({ uri: match[2], keys: /signed-by=(\S+)/.exec(match[1] ?? '')?.[1] });
  }
  return found.filter(({ uri }) => !/security|updates/.test(uri));
}

function unpack(cache, { uri, keys }, suite) {
  rmSync(cache, { recursive: true, force: true });
  for (const name of ['lists/partial', 'archives/partial', 'unpacked'])
    mkdirSync(join(cache, name), { recursive: true });
  const list = join(cache, 'sources.list');
  writeFileSync(list, `deb ${keys ? `[signed-by=${keys}] ` : ''}${uri} ${suite} main\n`);
  const own = {
    'Dir::Etc::sourcelist': list,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': join(cache, 'lists'),
    'Dir::Cache': cache,
    'Dir::Cache::archives': join(cache, 'archives'),
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
  };
  const options = Object.entries(own).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const ran = (program, args) => spawnSync(program, args, { cwd: cache, stdio: 'ignore' }).status === 0;
  if (!ran('apt-get', [...options, 'update']) || !ran('apt-get', [...options, 'download', 'docker-compose']))
    return false;
  const file = readdirSync(cache).find((name) => name.endsWith('.deb'));
  const done = file !== undefined && ran('dpkg', ['-x', join(cache, file), join(cache, 'unpacked')]);
  // The lists are large and serve nothing any more.
  for (const name of ['lists', 'archives', file ?? 'archives'])
    rmSync(join(cache, name), { recursive: true, force: true });
  return done;
}
