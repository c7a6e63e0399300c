import { type Dialect, events, type Fields, lastWord, listOf, type Turn, textOf } from './dialect.ts';

/** OpenAI's Responses, as a stream. A tool that takes free text is called with a text. */
export const responses: Dialect = {
  speaks: (path) => path === '/v1/responses',
  offered: ({ tools }) => listOf(tools).map(({ name, type }) => textOf(name ?? type)),
  answers: ({ input }) =>
    listOf(input)
      .filter(({ type }) => type === 'function_call_output' || type === 'custom_tool_call_output')
      .map(({ output }) => textOf(output)),
  reply,
};

function reply(turn: Turn): string {
  const id = `resp_${turn.number}`;
  const usage = {
    input_tokens: 1,
    input_tokens_details: null,
    output_tokens: 1,
    output_tokens_details: null,
    total_tokens: 2,
  };
  const list: Fields[] = [
    { type: 'response.created', response: { id } },
    { type: 'response.output_item.done', output_index: 0, item: item(turn) },
    { type: 'response.completed', response: { id, usage } },
  ];
  return events(list, { isNamed: true });
}

function item({ number, call }: Turn): Fields {
  if (call === undefined) {
    const content = [{ type: 'output_text', text: lastWord, annotations: [] }];
    return { type: 'message', id: `item_${number}`, role: 'assistant', status: 'completed', content };
  }
  const common = { id: `item_${number}`, call_id: `call_${number}`, name: call.tool, status: 'completed' };
  return typeof call.input === 'string'
    ? { type: 'custom_tool_call', ...common, input: call.input }
    : { type: 'function_call', ...common, arguments: JSON.stringify(call.input) };
}
