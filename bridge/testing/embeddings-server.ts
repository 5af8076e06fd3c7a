const DIMENSIONS = 256;

/**
 * A stand-in for an endpoint of embeddings, as far as https://platform.openai.com/docs/api-reference/embeddings/create
 * goes. Its model knows what texts are about from `topicsOf`, and else only that words differ.
 */
export function startEmbeddings(topicsOf: (text: string) => readonly string[]) {
  const requests: { texts: string[]; authorization: string | null; signal: AbortSignal }[] = [];
  let answer: ((texts: string[]) => Response | Promise<Response>) | null = null;

  function vectorOf(text: string): number[] {
    const vector = new Array<number>(DIMENSIONS).fill(0);
    const add = (what: string, weight: number) => {
      const place = Number(Bun.hash(what) % BigInt(DIMENSIONS));
      vector[place] = (vector[place] ?? 0) + weight;
    };
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) add(word, 0.3);
    for (const topic of topicsOf(text)) add(`about ${topic}`, 3);
    return vector;
  }

  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const { input } = (await request.json()) as { input: string[] };
      requests.push({
        texts: input,
        authorization: request.headers.get('authorization'),
        signal: request.signal,
      });
      return answer ? answer(input) : embeddingsOf(input.map(vectorOf));
    },
  });
  return {
    url: `${server.url.href}v1`,
    requests,
    /** Texts that it was asked for so far. */
    texts: () => requests.flatMap(({ texts }) => texts),
    /** Answers differently from now on; as usual again with null. */
    answerWith(other: typeof answer) {
      answer = other;
    },
    stop: () => server.stop(true),
  };
}

export function embeddingsOf(vectors: readonly (readonly number[])[]): Response {
  return Response.json({
    object: 'list',
    model: 'stand-in',
    data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    usage: { prompt_tokens: 1, total_tokens: 1 },
  });
}

/** Topics of texts by the words of each: any of them is about it. */
export function topicsByWord(...topics: string[]): (text: string) => string[] {
  const sets = topics.map((words) => ({ words, all: new Set(words.split(' ')) }));
  return (text) => {
    const found = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return sets.filter(({ all }) => found.some((word) => all.has(word))).map(({ words }) => words);
  };
}
