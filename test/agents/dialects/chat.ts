import {
  type Dialect,
  events,
  type Fields,
  fieldsOf,
  lastWord,
  listOf,
  type Turn,
  textOf,
} from './dialect.ts';

/** OpenAI's chat completions, as a stream. */
export const chat: Dialect = {
  speaks: (path) => path === '/v1/chat/completions',
  offered: ({ tools }) =>
    listOf(tools).map(({ function: tool, custom }) => textOf(fieldsOf(tool ?? custom).name)),
  answers: ({ messages }) =>
    listOf(messages)
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => textOf(content)),
  reply,
};

function reply({ number, call }: Turn): string {
  const chunk = (choice: Fields, rest: Fields = {}): Fields => ({
    id: `chat_${number}`,
    object: 'chat.completion.chunk',
    created: 1,
    model: 'scripted',
    choices: [{ index: 0, ...choice }],
    ...rest,
  });
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  const list = [
    chunk({ delta: { role: 'assistant', ...said(number, call) }, finish_reason: null }),
    chunk({ delta: {}, finish_reason: call === undefined ? 'stop' : 'tool_calls' }, { usage }),
  ];
  return `${events(list, { isNamed: false })}data: [DONE]\n\n`;
}

function said(number: number, call: Turn['call']): Fields {
  if (call === undefined) return { content: lastWord };
  const input = typeof call.input === 'string' ? call.input : JSON.stringify(call.input);
  const tool = { name: call.tool, arguments: input };
  return { tool_calls: [{ index: 0, id: `call_${number}`, type: 'function', function: tool }] };
}
