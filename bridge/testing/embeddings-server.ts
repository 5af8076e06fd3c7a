/**
 * A stand-in for an endpoint of embeddings, as far as https://platform.openai.com/docs/api-reference/embeddings/create
 * goes. Its model knows what the words of `concepts` have in common, and of other words only that they differ.
 */
export function startEmbeddings(concepts: readonly string[] = []) {
  const requests: { texts: string[]; authorization: string | null; signal: AbortSignal }[] = [];
  let answer: ((texts: string[]) => Response | Promise<Response>) | null = null;
  const conceptOf = new Map(
    concepts.flatMap((words, number) => words.split(' ').map((word) => [word, `concept ${number}`] as const)),
  );

  function vectorOf(text: string): number[] {
    const vector = new Array<number>(DIMENSIONS).fill(0);
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
      const known = conceptOf.get(word);
      const place = Number(Bun.hash(known ?? word) % BigInt(DIMENSIONS));
      vector[place] = (vector[place] ?? 0) + (known ? 3 : 0.3);
    }
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

const DIMENSIONS = 256;

export function embeddingsOf(vectors: readonly (readonly number[])[]): Response {
  return Response.json({
    object: 'list',
    model: 'stand-in',
    data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    usage: { prompt_tokens: 1, total_tokens: 1 },
  });
}
