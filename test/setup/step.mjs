import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where downloads live. Several checkouts on one machine may share one through the environment. */
export const CACHE = process.env.INFRAHOLD_TEST_CACHE ?? join(ROOT, 'node_modules', '.cache', 'infrahold');

/** Runs one step of the set-up and prints it as one line with the seconds it took. */
export async function step(label, work) {
  const started = Date.now();
  const outcome = await work();
  console.log(`  ${label} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return outcome;
}

/**
 * Fills a folder of the cache once. The work happens in a folder of another name that is renamed when it is
 * complete, so an interrupted download never passes for a finished one and two runs cannot disturb each other.
 */
export async function once(name, recipe, label, fill) {
  const folder = join(CACHE, name);
  if (stampOf(folder) === recipe) return folder;
  const partial = `${folder}.partial-${process.pid}`;
  await step(label, async () => {
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    await fill(partial);
    writeFileSync(join(partial, '.stamp'), recipe);
    if (stampOf(folder) !== recipe) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(partial, folder);
    }
    rmSync(partial, { recursive: true, force: true });
  });
  return folder;
}

function stampOf(folder) {
  const stamp = join(folder, '.stamp');
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
}

/** Installs packages from npm into a folder without running any script of theirs. */
export async function npmInstall(folder, ...packages) {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--loglevel=error'];
  await command('npm', ['install', ...packages, ...quiet], folder);
}

/** Runs a program to its end; the error of a failed one carries the last lines of what it printed. */
export function command(program, args, cwd = ROOT) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, stdio: 'pipe', shell: process.platform === 'win32' });
    const printed = [];
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.stderr.on('data', (chunk) => printed.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => {
      const text = Buffer.concat(printed).toString();
      if (code === 0) return done(text);
      const tail = text.trim().split('\n').slice(-8).join('\n    ');
      return fail(new Error(`\`${program} ${args.join(' ')}\` ended with ${code} in ${cwd}:\n    ${tail}`));
    });
  });
}
