import { join } from 'node:path';
import { npmInstall, once } from './step.mjs';

/** VS Code's natives are built for one major version of Node each, so both are pinned exactly. */
const VERSIONS = { 22: '22.23.3', 24: '24.21.0' };

/**
 * The path of a Node of that major version. The npm package `node` only carries a script that downloads; the
 * packages it would choose from are installed directly instead, so this needs npm and nothing else.
 */
export async function node(major) {
  if (Number(process.versions.node.split('.')[0]) === major) return process.execPath;
  const version = VERSIONS[major];
  if (version === undefined)
    throw new Error(`No Node ${major} is pinned; there are ${Object.keys(VERSIONS)}.`);
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = await once(`node-${major}`, `${name}@${version}`, `Node ${version} from npm`, (target) =>
    npmInstall(target, `${name}@${version}`),
  );
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(folder, 'node_modules', name, 'bin', binary);
}
