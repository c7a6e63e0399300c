import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { command, step } from './step.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Finds a Chromium to drive VS Code with, installing Debian's where this process may. Answers `{ path }`, or
 * `{ reason }` that says how to get one: whether that is a skip or a failure is the caller's decision.
 */
export async function chromium() {
  const asked = process.env.INFRAHOLD_BROWSER;
  if (asked) {
    return isProgram(asked) ? { path: asked } : { reason: `INFRAHOLD_BROWSER is no program: ${asked}` };
  }
  const found = installed();
  if (found) return { path: found };
  const root = process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get');
  if (!root) return { reason: advice('none was found and this user cannot install packages') };
  try {
    await step("chromium from Debian's packages", debian);
  } catch (error) {
    return { reason: advice(`apt-get could not install it: ${error.message}`) };
  }
  const path = installed();
  return path ? { path } : { reason: advice('apt-get reported success, yet there is no chromium') };
}

async function debian() {
  await command('apt-get', ['update', '-qq']);
  const env = ['DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  await command('env', [...env, 'install', '-y', '-qq', '--no-install-recommends', 'chromium']);
}

function installed() {
  return NAMES.map(onPath).find(Boolean) ?? FIXED.find(isProgram) ?? playwright();
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** Playwright keeps the browsers it downloaded in one folder a user, under names that carry a build number. */
function playwright() {
  const base = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(base)) return undefined;
  const builds = readdirSync(base).filter((name) => name.startsWith('chromium'));
  const inside = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ];
  return builds.flatMap((build) => inside.map((file) => join(base, build, file))).find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function advice(why) {
  return `The VS Code suites need a Chromium: ${why}. Install one (Debian: \`apt-get install chromium\`) or set INFRAHOLD_BROWSER to its path.`;
}
