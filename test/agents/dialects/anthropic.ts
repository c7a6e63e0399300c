import { type Dialect, events, type Fields, lastWord, listOf, type Turn, textOf } from './dialect.ts';

/** Anthropic's Messages, as a stream. */
export const anthropic: Dialect = {
  speaks: (path) => path === '/v1/messages',
  offered: ({ tools }) => listOf(tools).map(({ name }) => textOf(name)),
  answers: ({ messages }) =>
    listOf(messages)
      .flatMap(({ content }) => listOf(content))
      .filter(({ type }) => type === 'tool_result')
      .map(({ content }) => textOf(content)),
  reply,
};

function reply({ number, call }: Turn): string {
  const message = { id: `msg_${number}`, type: 'message', role: 'assistant', model: 'scripted', content: [] };
  const usage = { input_tokens: 1, output_tokens: 1 };
  const list: Fields[] = [
    { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null, usage } },
    { type: 'content_block_start', index: 0, content_block: opened(number, call) },
    { type: 'content_block_delta', index: 0, delta: said(call) },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: call === undefined ? 'end_turn' : 'tool_use', stop_sequence: null },
      usage,
    },
    { type: 'message_stop' },
  ];
  return events(list, { isNamed: true });
}

function opened(number: number, call: Turn['call']): Fields {
  return call === undefined
    ? { type: 'text', text: '' }
    : { type: 'tool_use', id: `toolu_${number}`, name: call.tool, input: {} };
}

function said(call: Turn['call']): Fields {
  return call === undefined
    ? { type: 'text_delta', text: lastWord }
    : { type: 'input_json_delta', partial_json: JSON.stringify(call.input) };
}
