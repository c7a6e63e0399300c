import { type FSWatcher, watch } from 'node:fs';
import { basename, join } from 'node:path';

export interface Words {
  /** Watches anew, after the state was made anew. */
  again(): void;
  dispose(): void;
}

/**
 * Tells when a person may have said something that changes what may be done, in whatever process: a scope in another
 * window, an order that an agent's hook heard in a prompt. The system tells of the files in the state; nothing is looked
 * at in between.
 */
export function wordsIn(directory: string, onWord: () => void): Words {
  const watches: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  const dispose = () => {
    clearTimeout(timer);
    for (const watcher of watches.splice(0)) watcher.close();
  };
  const heed = (name: string | null) => {
    if (name !== null && !isWord(name, directory)) return;
    // A file is made under another name and then renamed: several tellings are of one word.
    clearTimeout(timer);
    timer = setTimeout(onWord, gatherTime);
  };
  const again = () => {
    dispose();
    for (const folder of [directory, join(directory, 'sessions')]) {
      try {
        const watcher = watch(folder, { persistent: false }, (_, name) => heed(name));
        watcher.on('error', () => watcher.close());
        watches.push(watcher);
      } catch {
        // Where it is gone, or the system has no more watches to give, a word counts all the same and only shows later.
      }
    }
  };
  again();
  return { again, dispose };
}

const gatherTime = 30;

/** The scope, what a session was told, or that the folder itself is gone, with all that was said. */
function isWord(name: string, directory: string): boolean {
  return name === 'scope.json' || /^[0-9a-f]{64}\.json$/.test(name) || name === basename(directory);
}
