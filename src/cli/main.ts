import { isUsageError } from './command.ts';
import { type ExitCode, exit } from './exit.ts';
import { runHook } from './hook.ts';
import { type World, write } from './world.ts';

/**
 * Runs one command line and gives the exit code. A hook runs before every edit an agent makes, so it alone is loaded
 * at once; everything else, and what a hook needs for a file of ours, comes in chunks of its own.
 */
export async function run(world: World): Promise<ExitCode> {
  try {
    return await dispatch(world);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    await write(world.stderr, `infrahold: ${text}\n`);
    if (world.env.INFRAHOLD_DEBUG && error instanceof Error) await write(world.stderr, `${error.stack}\n`);
    return isUsageError(error) ? exit.usage : exit.undecided;
  }
}

async function dispatch(world: World): Promise<ExitCode> {
  const [name, ...args] = world.argv;
  if (name === 'hook' && !asksForHelp(args)) {
    return runHook(world, args, async () => (await import('./hookQuick.ts')).answerCall);
  }
  if (name === '--version' || name === '-V') {
    await write(world.stdout, `${world.version()}\n`);
    return exit.allowed;
  }
  const { runCommand, showHelp } = await import('./commands.ts');
  if (name === undefined) {
    await write(world.stderr, await showHelp(undefined));
    return exit.usage;
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    await write(world.stdout, await showHelp(args[0]));
    return exit.allowed;
  }
  if (asksForHelp(args)) {
    await write(world.stdout, await showHelp(name));
    return exit.allowed;
  }
  return runCommand(name, args, world);
}

/** What stands behind `--` is never an option. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}
