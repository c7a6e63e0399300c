import { connect } from 'node:net';
import type { Door } from '../store/guards.ts';
import type { Question } from '../store/questions.ts';

/** What became of a question: what a person chose, or that there was no time, or nobody to ask. */
export type PersonsWord = 'approved' | 'refused' | 'kept-asked' | 'late' | 'nobody';

/**
 * Asks the person behind a door. One line goes there, `{"infrahold": 1, "token"}` with the question, `"ask"` for the id
 * of a held edit, `"scope"` or `"command"`; two come back: `{"asked": true}` as soon as a person sees the question, `{"answer"}` when they
 * have chosen. What else is said, or nothing in time, is no answer.
 */
export function askAtDoor({ address, token }: Door, question: Question, wait: number): Promise<PersonsWord> {
  return new Promise((done) => {
    const socket = connect(address);
    let heard = '';
    let isAsked = false;
    const end = (word: PersonsWord) => {
      clearTimeout(timer);
      socket.destroy();
      done(word);
    };
    // An editor that hangs must not make the agent wait for a question that nobody sees.
    let timer = setTimeout(() => end('nobody'), askingTime);
    socket.on('error', () => end(isAsked ? 'late' : 'nobody'));
    socket.on('close', () => end(isAsked ? 'late' : 'nobody'));
    socket.on('connect', () => socket.write(`${JSON.stringify({ infrahold: 1, token, ...question })}\n`));
    socket.on('data', (chunk) => {
      heard += chunk.toString('utf8');
      if (heard.length > mostHeard) return end('nobody');
      for (const line of heard.split('\n').slice(0, -1)) {
        const word = wordIn(line);
        if (word !== undefined) return end(word);
        if (!isAsked) {
          isAsked = true;
          clearTimeout(timer);
          timer = setTimeout(() => end('late'), wait);
        }
      }
    });
  });
}

const askingTime = 1_000;
const mostHeard = 4_096;

/** `undefined` for the line that only says that the question was put. */
function wordIn(line: string): PersonsWord | undefined {
  const said = parsed(line);
  if (typeof said !== 'object' || said === null) return 'nobody';
  if ('asked' in said) return undefined;
  const word: unknown = 'answer' in said ? said.answer : undefined;
  if (word === 'unanswered') return 'late';
  return word === 'approved' || word === 'refused' || word === 'kept-asked' ? word : 'nobody';
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
