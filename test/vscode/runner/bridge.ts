import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (body: unknown) => Promise<unknown>;

/** The runner's ear: requests of the extension host, by path, over a socket on this machine. */
export class Bridge {
  readonly #routes = new Map<string, Answer>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (incoming, outgoing) => {
      const { status, value } = await this.#answer(incoming);
      outgoing.writeHead(status, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(value ?? null));
    });
  }

  /** Starts to listen; answers the address for the environment of VS Code. */
  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  on(path: string, answer: Answer): void {
    this.#routes.set(path, answer);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(incoming: IncomingMessage): Promise<{ status: number; value: unknown }> {
    try {
      const answer = this.#routes.get(incoming.url ?? '');
      if (answer === undefined) throw new Error(`nothing answers ${incoming.url}`);
      return { status: 200, value: await answer(JSON.parse(await read(incoming))) };
    } catch (error) {
      return { status: 500, value: { error: error instanceof Error ? error.message : String(error) } };
    }
  }
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
