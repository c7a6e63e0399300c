import { hosts } from '../../agents/registry.ts';
import type { Command } from '../command.ts';
import { runHook } from '../hook.ts';
import { answerCall } from '../hookQuick.ts';

export const hook: Command = {
  name: 'hook',
  summary: 'answer an agent that is about to edit a file',
  usage: ['hook HOST < PAYLOAD'],
  options: {},
  operands: [1, 1],
  notes: [
    `HOST is one of ${hosts.join(', ')}.`,
    'An edit that may pass is answered with nothing at all, so that the host still asks what it always asks. For\n' +
      'everything else, an error of any kind included, the answer is no.',
  ],
  run: ({ world, operands }) => runHook(world, operands, async () => answerCall),
};
