import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, watch } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { l10n, window } from 'vscode';
import type { Choice } from '../choosing.ts';
import type { Store } from '../store/open.ts';
import { longestQuestion, type Question, questionIn } from '../store/questions.ts';
import { DisposableList } from './disposables.ts';
import { DoorQuestions, type OtherQuestion } from './doorQuestions.ts';
import type { FolderSession } from './folderSession.ts';

/**
 * Where the hook of an agent, a process of its own, puts its question to the person in this window. It takes the id of
 * an edit in quarantine, never an edit: what is asked about is judged and shown as any other. A wider scope and a
 * command are asked about by their words. Only who can read the user's state directory knows the token.
 */
export async function openDoor(
  session: FolderSession,
  store: Store,
  failed: (error: unknown) => void,
): Promise<DisposableList> {
  const disposables = new DisposableList();
  disposables.add(heedPrompts(session, store));
  const token = randomBytes(32).toString('hex');
  const address = addressIn(join(store.directory, 'guards'), disposables);
  const open = new Set<Socket>();
  const questions = new DoorQuestions(session);
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A hook that has waited long enough goes away; its question stays with the person.
    socket.on('error', () => socket.destroy());
    receive(socket, token, (question) => {
      const answered =
        'ask' in question
          ? answer(session, store, question.ask, socket)
          : answerInWords(questions, question, socket);
      answered.catch((error: unknown) => {
        socket.destroy();
        failed(error);
      });
    });
  });
  disposables.add({ dispose: () => server.close() });
  disposables.add({
    dispose: () => {
      for (const socket of open) socket.destroy();
    },
  });
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(address, done);
    });
    server.on('error', failed);
    if (process.platform !== 'win32') chmodSync(address, 0o600);
    disposables.add(store.announce({ address, token }));
  } catch (error) {
    // Without a door the folder is guarded all the same; hooks then refuse what they would ask.
    disposables.add(store.announce());
    failed(error);
  }
  return disposables;
}

/** What a person writes to an agent is noted by its hook, and shown here. */
function heedPrompts(session: FolderSession, store: Store): { dispose(): void } {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(join(store.directory, 'sessions'), (_, name) => {
    // When a session was last told is noted there too, after every tool, and changes nothing.
    if (name?.endsWith('.told')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void session.scopesChanged(), gatherTime);
  });
  watcher.on('error', () => watcher.close());
  return {
    dispose: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
}

/** One prompt is several events of the file system. */
const gatherTime = 50;

/** The path of a socket may have about a hundred bytes on every system; a long one moves to a private folder. */
function addressIn(directory: string, disposables: DisposableList): string {
  const name = `${process.pid}-${randomBytes(4).toString('hex')}`;
  if (process.platform === 'win32')
    return `\\\\.\\pipe\\infrahold-${name}-${randomBytes(12).toString('hex')}`;
  const path = join(directory, `${name}.sock`);
  if (Buffer.byteLength(path) <= longestPath) {
    disposables.add({ dispose: () => rmSync(path, { force: true }) });
    return path;
  }
  const short = join(mkdtempSync(join(tmpdir(), 'infrahold-')), 'door');
  disposables.add({ dispose: () => rmSync(dirname(short), { recursive: true, force: true }) });
  return short;
}

const longestPath = 100;

/** One line comes, soon and short, and knows the token; on anything else the door is shut. */
function receive(socket: Socket, token: string, ask: (question: Question) => void): void {
  let heard = '';
  const tooLate = setTimeout(() => socket.destroy(), lineTime);
  socket.on('close', () => clearTimeout(tooLate));
  socket.on('data', (chunk) => {
    heard += chunk.toString('utf8');
    if (heard.length > longestQuestion) socket.destroy();
    const end = heard.indexOf('\n');
    if (end === -1 || socket.destroyed) return;
    clearTimeout(tooLate);
    socket.removeAllListeners('data');
    const question = questionIn(heard.slice(0, end), (said) => sameSecret(said, token));
    if (question === undefined) socket.destroy();
    else ask(question);
  });
}

const lineTime = 2_000;

function sameSecret(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function answer(session: FolderSession, store: Store, id: string, socket: Socket): Promise<void> {
  const version = await store.quarantine.get(id);
  if (version === undefined || session.ports.policy.kindOf(version.path) === undefined) {
    socket.destroy();
    return;
  }
  const { path, content: after, origin } = version;
  const review = await session.guard.review({ path, after, road: 'hook', origin, isOnRecord: true });
  if (review.outcome === 'pass') return say(socket, { answer: 'approved' });
  const { held } = review;
  if (held.wasRefused === true) {
    await session.refresh(path);
    return say(socket, { answer: words['put-back'] });
  }
  const listening = session.onDidDecide(({ held: decided, choice }) => {
    if (decided.id !== held.id) return;
    listening.dispose();
    if (!socket.destroyed) say(socket, { answer: words[choice] });
    else if (choice === 'approve')
      void window.showInformationMessage(
        l10n.t('{0}: approved. The agent has stopped waiting; it may make this edit now.', held.path),
      );
  });
  socket.write(`${JSON.stringify({ asked: true })}\n`);
  await session.refresh(path);
  session.tell([held]);
}

async function answerInWords(
  questions: DoorQuestions,
  question: OtherQuestion,
  socket: Socket,
): Promise<void> {
  const put = await questions.put(question, () => !socket.destroyed);
  if (put === undefined) {
    socket.destroy();
    return;
  }
  socket.write(`${JSON.stringify({ asked: true })}\n`);
  const word = await put.word;
  if (!socket.destroyed) say(socket, { answer: word });
}

const words: Readonly<Record<Choice, string>> = {
  approve: 'approved',
  'keep-asked': 'kept-asked',
  'put-back': 'refused',
};

function say(socket: Socket, said: object): void {
  socket.end(`${JSON.stringify(said)}\n`);
}
