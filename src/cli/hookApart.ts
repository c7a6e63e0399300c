import { type ChildProcess, spawn } from 'node:child_process';
import { type Answer, type AnswerCall, apart, type HookCall } from './hook.ts';
import { judgingTime, tooLate, waitFor } from './hookTime.ts';

/**
 * Answers a call that may take long in a process of its own, which is ended when its time is over: one that computes
 * cannot stop itself, and one whose memory is full says nothing more. Without an answer of ours most hosts go on.
 */
export async function answerApart(call: HookCall, answerCall: AnswerCall): Promise<Answer> {
  if (!call.isApart) return answerOf(startAgain(), call);
  const failed = (error: unknown) => ({ why: error instanceof Error ? error.message : String(error) });
  await tell(await answerCall(call).catch(failed));
  // What there is to say is said by the process that waits for this one.
  return { say: 'pass' };
}

/** Besides these, `judged` stops the clock: from there on a person may be asked. */
type Told = Answer | { readonly why: string };

function tell(what: Told): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) throw new Error(`${apart} is for Infrahold itself`);
    process.send(what, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
}

function startAgain(): ChildProcess {
  const args = [...process.execArgv, ...process.argv.slice(1), apart];
  return spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'inherit', 'ipc'] });
}

function answerOf(child: ChildProcess, { payload, adapter }: HookCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const end = () => {
      child.kill('SIGKILL');
      reject(tooLate());
    };
    let timer = setTimeout(end, judgingTime);
    child.on('message', (told: 'judged' | Told) => {
      clearTimeout(timer);
      if (typeof told !== 'object') timer = setTimeout(end, judgingTime + waitFor(adapter.id));
      else if ('why' in told) reject(new Error(told.why));
      else resolve(told);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`what judges it ended without an answer (${signal ?? code})`));
    });
    // Of one that ends before it has read all, its end tells.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(payload);
  });
}
