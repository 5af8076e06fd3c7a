interface Asked {
  messages: { role: string; content: string }[];
}

/**
 * A stand-in for an endpoint that writes, as far as https://platform.openai.com/docs/api-reference/chat/create goes. It
 * says what `say` says until `answerWith` gives it something else to answer with.
 */
export function startLlm(say: (asked: Asked) => string) {
  const requests: { authorization: string | null; body: string; signal: AbortSignal }[] = [];
  const usual = (asked: Asked): Response | Promise<Response> => completion(say(asked));
  let answer = usual;
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const body = await request.text();
      requests.push({ authorization: request.headers.get('authorization'), body, signal: request.signal });
      return answer(JSON.parse(body));
    },
  });
  return {
    url: `${server.url.href}v1`,
    requests,
    /** Answers differently from now on; as usual again with null. */
    answerWith(other: typeof usual | null) {
      answer = other ?? usual;
    },
    stop: () => server.stop(true),
  };
}

export const completion = (content: string) =>
  Response.json({
    id: 'c',
    object: 'chat.completion',
    created: 0,
    model: 'm',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
