import pTimeout from 'p-timeout';

export interface EmbedderOptions {
  /** Of any endpoint that speaks OpenAI's API, with its version: `https://api.example/v1`. */
  url: string;
  apiKey: string;
  model: string;
}

/** Why texts have no vectors. What the endpoint said is not in it, as that may hold the texts. */
export class EmbeddingsError extends Error {
  override readonly name = 'EmbeddingsError';

  constructor(
    message: string,
    /** The endpoint works and will not take these texts, such as one that is too long for the model. */
    readonly refused: boolean,
  ) {
    super(message);
  }
}

/**
 * Vectors of texts, in their order.
 * @throws EmbeddingsError where the endpoint cannot be reached, is late, refuses or answers with anything else
 */
export type Embed = (texts: readonly string[], timeoutMs: number) => Promise<number[][]>;

/** Bad request, too large, unprocessable: what servers answer to a text that they cannot take. */
const REFUSALS = [400, 413, 422];

/** The library is loaded with the first text, so that a bridge without a model never has it in memory. */
export function createEmbedder({ url, apiKey, model }: EmbedderOptions): Embed {
  async function ask(texts: readonly string[], timeoutMs: number): Promise<number[][]> {
    const [{ embedMany }, { createOpenAICompatible }] = await Promise.all([
      import('ai'),
      import('@ai-sdk/openai-compatible'),
    ]);
    const provider = createOpenAICompatible({
      name: 'embeddings',
      baseURL: url,
      ...(apiKey ? { apiKey } : {}),
    });
    const { embeddings } = await embedMany({
      model: provider.embeddingModel(model),
      values: [...texts],
      maxRetries: 0,
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    return embeddings;
  }

  return async (texts, timeoutMs) => {
    const embeddings = await pTimeout(ask(texts, timeoutMs), { milliseconds: timeoutMs }).catch(
      (error: unknown) => {
        const { statusCode, name } = error as { statusCode?: number; name?: string };
        const reason = statusCode === undefined ? name : `status ${statusCode}`;
        throw new EmbeddingsError(
          `the endpoint for embeddings failed: ${reason ?? 'unknown'}`,
          statusCode !== undefined && REFUSALS.includes(statusCode),
        );
      },
    );
    if (embeddings.length !== texts.length)
      throw new EmbeddingsError('the endpoint for embeddings left texts out', false);
    return embeddings;
  };
}
