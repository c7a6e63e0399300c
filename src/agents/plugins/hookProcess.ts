/** What starts the hook, without a shell: a program that can be started by itself and its first arguments. */
export interface HookProgram {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * The part that the plugins share, as the text of a module: `ask` starts the hook, gives it one object and resolves
 * with its answer. It rejects for everything that is none, so that a plugin can say no.
 */
export function hookProcess({ program, args }: HookProgram, host: string, deadline: number): string {
  return `import { spawn } from ${JSON.stringify('node:child_process')};

const program = ${JSON.stringify(program)};
const args = ${JSON.stringify([...args, 'hook', host])};
const deadline = ${deadline};

function ask(payload) {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(payload);
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('no answer within ' + deadline / 1000 + ' s'));
    }, deadline);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk) => (err += chunk));
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== 0) return reject(new Error(err.trim() || 'exit code ' + code));
      try {
        resolve(answerIn(out));
      } catch {
        reject(new Error('an answer that cannot be read'));
      }
    });
    child.stdin.end(text);
  });
}

// Nothing is a pass. What is neither that nor one of the two known answers is an error.
function answerIn(out) {
  if (out.trim() === '') return {};
  const answer = JSON.parse(out);
  if (answer.decision !== 'deny' && typeof answer.context !== 'string') throw new Error(out);
  return answer;
}

// Why a tool may not run, or undefined where it may.
async function refusal(payload) {
  try {
    const { decision, reason } = await ask(payload);
    return decision === 'deny' ? reason || 'Infrahold holds this.' : undefined;
  } catch (error) {
    return 'Infrahold could not judge this, so it is held: ' + error.message;
  }
}

// What the model should know, or undefined. Never an error: what has happened cannot be refused any more.
async function news(payload) {
  try {
    return (await ask(payload)).context;
  } catch {
    return undefined;
  }
}
`;
}
