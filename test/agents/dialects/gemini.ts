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

/** Gemini's `generateContent`, as a stream and, for what the agent asks in passing, in one piece. */
export const gemini: Dialect = {
  speaks: (path) => /:(?:streamGenerateContent|generateContent)$/.test(path),
  offered: ({ tools }) =>
    listOf(tools)
      .flatMap(({ functionDeclarations }) => listOf(functionDeclarations))
      .map(({ name }) => textOf(name)),
  answers: ({ contents }) =>
    listOf(contents)
      .flatMap(({ parts }) => listOf(parts))
      .filter(({ functionResponse }) => functionResponse !== undefined)
      .map(({ functionResponse }) => textOf(fieldsOf(functionResponse).response)),
  reply: (turn) => events([content(turn)], { isNamed: false }),
};

function content({ call }: Turn): Fields {
  const part =
    call === undefined ? { text: lastWord } : { functionCall: { name: call.tool, args: call.input } };
  return {
    candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  };
}
