export type GuardErrorCode =
  | 'no-space'
  | 'no-permission'
  | 'read-only'
  | 'state-gone'
  | 'unsafe-path'
  | 'busy'
  | 'failed';

/** Something the guard needs could not be done. Whoever catches it holds the edit; the message says what to do. */
export class GuardError extends Error {
  readonly code: GuardErrorCode;

  constructor(code: GuardErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'GuardError';
    this.code = code;
  }
}

/** Turns an error of the file system into one that says what to do. */
export function guardErrorFrom(error: unknown, doing: string): GuardError {
  if (error instanceof GuardError) return error;
  const { code, advice } = adviceFor(errnoOf(error));
  const reason = error instanceof Error ? error.message : String(error);
  return new GuardError(code, `Infrahold could not ${doing}: ${advice} (${reason})`, error);
}

/** Runs a step whose errors say what to do. `doing` completes "Infrahold could not …". */
export async function attempt<T>(doing: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw guardErrorFrom(error, doing);
  }
}

/** The system's name of an error, such as `ENOENT`; the empty string for any other error. */
export function errnoOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}

/** The few errors that a person can do something about; the rest keep the system's own words. */
function adviceFor(errno: string): { readonly code: GuardErrorCode; readonly advice: string } {
  switch (errno) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return { code: 'no-space', advice: 'there is no space left. Free some space, then try again' };
    case 'EACCES':
    case 'EPERM':
      return { code: 'no-permission', advice: 'permission was denied. Give your user write access to it' };
    case 'EROFS':
      return { code: 'read-only', advice: 'the file system is read-only. Mount it writable, then try again' };
    case 'EMFILE':
    case 'ENFILE':
      return { code: 'busy', advice: 'too many files are open. Close some programs, then try again' };
    default:
      return { code: 'failed', advice: 'the file system refused. Check the path, then try again' };
  }
}
