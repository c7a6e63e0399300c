import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { stateDirectory } from '../../src/store/location.ts';

/** A folder under guard, and where the state of it is. */
interface Guarded {
  readonly folder: string;
  readonly stateHome: string;
}

/** Says to hooks that somebody watches `project`, and where; what answers there is up to the test. */
export async function doorAt(
  t: TestContext,
  { folder, stateHome }: Guarded,
  answer: (socket: Socket, line: string) => void,
  pid = process.pid,
): Promise<readonly string[]> {
  const directory = stateDirectory({
    env: { INFRAHOLD_STATE_HOME: stateHome },
    platform: process.platform,
    home: '',
    workspace: folder,
  });
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard.push(chunk.toString());
      answer(socket, chunk.toString());
    });
  });
  const address = join(stateHome, 'door');
  server.listen(address);
  await once(server, 'listening');
  t.after(() => server.close());
  mkdirSync(join(directory, 'guards'), { recursive: true });
  writeFileSync(
    join(directory, 'guards', `${pid}-x.json`),
    JSON.stringify({ pid, door: { address, token: 'secret' } }),
  );
  return heard;
}

/** Says one line of the protocol. */
export const say = (socket: Socket, said: object) => socket.write(`${JSON.stringify(said)}\n`);
