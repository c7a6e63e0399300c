import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node } from './node.mjs';
import { npmInstall, once } from './step.mjs';

/** A change to how an install is made has to redo the installs that were made the old way. */
const RECIPE = 2;

/** The VS Code versions the suites run on: the newest that npm carries, and the oldest the manifest admits. */
export const VERSIONS = {
  '1.139.1': { codeServer: '4.139.1', node: 24 },
  '1.105.1': { codeServer: '4.105.1', node: 22 },
};

/** Set in the environment of a server, it takes the proposed API away from every extension but the built-in. */
export const STABLE_API = 'INFRAHOLD_STABLE_API';

/**
 * Installs a real VS Code, which the npm package `code-server` carries in full, and the Node it runs on.
 * Answers `{ node, entry, version }`: the program and the file to start with it.
 */
export async function codeServer(version) {
  const pinned = VERSIONS[version];
  if (!pinned) throw new Error(`VS Code ${version} is not known; there are ${Object.keys(VERSIONS)}.`);
  const runtime = await node(pinned.node);
  const name = `code-server-${pinned.codeServer}`;
  const label = `VS Code ${version} from npm, about a minute`;
  const folder = await once(name, `${name} recipe ${RECIPE}`, label, (target) =>
    install(target, pinned.codeServer),
  );
  return { node: runtime, entry: join(folder, 'node_modules/code-server/out/node/entry.js'), version };
}

async function install(folder, version) {
  await npmInstall(folder, `code-server@${version}`);
  const home = join(folder, 'node_modules', 'code-server');
  const vscode = join(home, 'lib', 'vscode');
  if (version.startsWith('4.105.')) await substitute(folder, home, vscode);
  await npmInstall(vscode);
  honourProposals(join(vscode, 'out/vs/workbench/api/node/extensionHostProcess.js'));
}

/**
 * Two dependencies of the old one cannot come from npm as they are: a file watcher named by its git address,
 * and an argon2 that wants a compiler. Their nearest published versions with prebuilt binaries stand in.
 */
async function substitute(folder, home, vscode) {
  const manifest = join(vscode, 'package.json');
  const parsed = JSON.parse(readFileSync(manifest, 'utf8'));
  parsed.dependencies['@parcel/watcher'] = '2.5.1';
  writeFileSync(manifest, JSON.stringify(parsed, null, 2));
  renameSync(join(vscode, 'npm-shrinkwrap.json'), join(vscode, 'npm-shrinkwrap.json.aside'));
  const aside = join(folder, 'argon2');
  mkdirSync(aside);
  await npmInstall(aside, 'argon2@0.44.0');
  cpSync(join(aside, 'node_modules'), join(home, 'node_modules'), { recursive: true });
  rmSync(aside, { recursive: true });
}

/**
 * code-server answers every question "may this extension use that proposed API?" with yes, where a stable
 * VS Code says no to anything from the Marketplace. The patched answer is no when the environment asks for a
 * stable VS Code, so one installed copy serves both variants and no extension under test has to pretend.
 */
function honourProposals(file) {
  if (!existsSync(file)) throw new Error(`VS Code's extension host is not where it was expected: ${file}`);
  const source = readFileSync(file, 'utf8');
  const answer =
    /function ([\w$]+)\(([\w$]+),([\w$]+)\)\{return!0\}(?=function [\w$]+\([\w$]+,[\w$]+\)\{if\(!\1\()/;
  if (!answer.test(source))
    throw new Error(`The proposed API check was not found in ${file}; adapt the pattern.`);
  const patched = `function $1($2,$3){return process.env.${STABLE_API}!=="1"||$2.isBuiltin===!0}`;
  writeFileSync(file, source.replace(answer, patched));
}
