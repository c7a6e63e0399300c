/** Many files that a rebase writes are many questions at once, and a late answer counts as a no. */
const gitTimeout = 10_000;

export interface Question {
  /** Where git runs. */
  readonly folder: string;
  readonly args: readonly string[];
  /** More bytes than this are no answer. */
  readonly most?: number;
  readonly input?: Uint8Array | string;
}

/** What git writes, or `undefined` when it fails, is missing, takes too long, or writes too much. */
export async function askGit({
  folder,
  args,
  most = 1_048_576,
  input,
}: Question): Promise<Buffer | undefined> {
  // Loading it takes longer than most hooks have, and few of them ask git anything.
  const { execFile } = await import('node:child_process');
  return new Promise((done) => {
    const options = {
      cwd: folder,
      env: cleanEnvironment(),
      timeout: gitTimeout,
      maxBuffer: most,
      encoding: 'buffer',
      windowsHide: true,
    } as const;
    const git = execFile('git', [...args], options, (error, stdout) =>
      done(error === null ? stdout : undefined),
    );
    // Git may be gone before it has read all; what it answered counts, not how it read.
    git.stdin?.on('error', () => undefined);
    git.stdin?.end(input);
  });
}

/** A hook of git runs with variables that name its repository; the question is about the one around the file. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  const own = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' };
  return { ...Object.fromEntries(kept), ...own };
}
