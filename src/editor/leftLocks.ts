import { isAbsolute } from 'node:path';
import { EditorLocks } from '../setup/editorLocks.ts';
import { settingsFileAt } from '../setup/personsSettings.ts';

/** Takes out of settings files what windows have left there that are no more; with `all`, whatever is ours. */
export function sweepLocks(
  stateRoot: string,
  all: boolean,
  failed: (message: string) => void,
): Promise<void> {
  // Settings on another machine have a name that is no path; the next window there sees to them.
  const placeOf = (name: string) => (isAbsolute(name) ? settingsFileAt(name) : undefined);
  return new EditorLocks(stateRoot, failed)
    .sweep(placeOf, all)
    .catch((error: Error) => failed(error.message));
}
