import { request } from 'node:http';
import { BRIDGE } from './protocol.ts';

/** Asks the runner something and awaits its answer, over a socket on this machine. */
export function ask<T>(path: string, body: unknown): Promise<T> {
  const base = process.env[BRIDGE];
  if (base === undefined)
    throw new Error(`${BRIDGE} is not set: this extension only works under the test runner.`);
  return new Promise((done, fail) => {
    const outgoing = request(`${base}${path}`, { method: 'POST' }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const answer = JSON.parse(Buffer.concat(chunks).toString() || 'null');
        if (incoming.statusCode === 200) done(answer);
        else fail(new Error(answer.error));
      });
    });
    outgoing.on('error', fail);
    outgoing.end(JSON.stringify(body ?? null));
  });
}
