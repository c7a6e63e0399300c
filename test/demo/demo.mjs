import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installDependencies } from '../setup/dependencies.mjs';
import { openStage } from './stage.mjs';
import { checked, failures, heading, say, show } from './voice.mjs';

/**
 * `npm run demo`: the incident that started this project, played in a temporary folder against the built command line,
 * its disk guard and its hook. It ends with 0 only if everything it says was checked. `-- --editor` plays it in a real
 * VS Code instead.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

installDependencies(root);
process.exitCode = process.argv.includes('--editor') ? await inEditor() : await play();

async function inEditor() {
  const script = join(root, 'test', 'demo', 'editor.mjs');
  if (!existsSync(script)) {
    console.error('The demo in an editor is not part of this version; run it without --editor.');
    return 2;
  }
  const { playInEditor } = await import(pathToFileURL(script).href);
  return playInEditor(root);
}

async function play() {
  await build();
  const started = performance.now();
  const stage = await openStage(root);
  try {
    await story(stage);
  } finally {
    await stage.close();
  }
  const failed = failures();
  say('');
  say(
    `${failed === 0 ? 'Everything above was checked' : `${failed} of the claims above are not true`}; ${seconds(started)}.`,
  );
  return failed === 0 ? 0 : 1;
}

async function story(stage) {
  heading(`A stack of four services, and a request about one: ${stage.file}`);
  say(stage.request.trim());
  await scopeIsDeclared(stage);
  toolIsRefused(stage);
  await shellIsPutBack(stage);
  const refused = refusedIsKept(stage);
  await askedForStays(stage, refused);
  allIsRecorded(stage);
  await stage.stopWatch();
}

async function scopeIsDeclared({ declare, request }) {
  heading('1. A person declares that request as the scope');
  const grants = await declare(request);
  for (const grant of grants) show(grant);
  checked(
    'one grant was read from it, and nothing else',
    grants.length === 1 && grants[0].endsWith('l9-postgres'),
  );
}

function toolIsRefused({ hook, aiEdit, before, read }) {
  heading('2. The agent asks its edit tool for something else, and is told no');
  const { permissionDecision, permissionDecisionReason = '' } = hook(aiEdit)?.hookSpecificOutput ?? {};
  show(permissionDecisionReason);
  checked(
    'the hook said deny, and why',
    permissionDecision === 'deny' && permissionDecisionReason.includes('l9-redis'),
  );
  checked('no byte of the file changed', sameBytes(read(), before));
}

async function shellIsPutBack({ startWatch, shellWrite, untilPutBack, watchSays, aiEdit, before, read }) {
  heading('3. It goes round the tool and writes the file with a shell command');
  await startWatch();
  const milliseconds = await untilPutBack(await shellWrite(aiEdit), before);
  checked(`the file was put back within ${milliseconds ?? '?'} ms`, milliseconds !== undefined);
  checked(
    `its bytes are the accepted ones, sha256 ${sha256(before).slice(0, 16)}…`,
    sameBytes(read(), before),
  );
  const told = await watchSays('kept whole');
  show(told);
  const costs = [
    'service l9-redis',
    'volume l9-neo4j-data  data loss',
    'MEMORY_DSN',
    '6379',
    '7687 and 7474',
  ];
  checked(
    'what it would have cost was told: services, data, ports, names that lead nowhere',
    [...costs, 'no longer exists'].every((words) => told.includes(words)),
  );
}

function refusedIsKept({ infrahold, aiEdit }) {
  heading('4. Nothing is lost: the refused version is kept whole');
  const [id = ''] = infrahold('restore').stdout.toString().split(' ');
  const refused = infrahold('restore', id).stdout;
  show(`infrahold restore ${id} gives ${refused.length} bytes`);
  checked('they are the bytes that the agent wrote', sameBytes(refused, aiEdit));
  return refused;
}

async function askedForStays(
  { salvage, diff, shellWrite, settled, request, before, askedFor, read },
  refused,
) {
  heading('5. The part that was asked for can be kept');
  const salvaged = salvage(refused, request);
  show(diff(before, salvaged));
  checked('it is what was asked for, byte for byte', sameBytes(salvaged, askedFor));
  await shellWrite(salvaged);
  await settled();
  checked('written to the file, it stays', sameBytes(read(), salvaged));
}

function allIsRecorded({ infrahold }) {
  heading('6. The record');
  const log = infrahold('log').stdout.toString();
  show(log);
  const order =
    /scope-declared[\s\S]*held[\s\S]*\(claude-code, hook\)[\s\S]*held[\s\S]*restored[\s\S]*passed/;
  checked('it holds what happened, in order', order.test(log));
}

/** Builds as `npm run build` does, unless what is built is newer than every source. */
async function build() {
  const built = join(root, 'dist', 'cli.js');
  const newest = Math.max(...newestBelow(join(root, 'src')), statSync(join(root, 'package.json')).mtimeMs);
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  say('Building …');
  await import(pathToFileURL(join(root, 'esbuild.mjs')).href);
}

function newestBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
}

function sameBytes(one, other) {
  return Buffer.compare(one, other) === 0;
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
