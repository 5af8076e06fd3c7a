import { within } from '../../within.ts';

export interface EmbedderOptions {
  /** Of any endpoint that speaks OpenAI's API, with its version: `https://api.example/v1`. */
  url: string;
  apiKey: string;
  model: string;
}

/**
 * Vectors of texts, in their order. Rejects where the endpoint cannot be reached, is late or answers with anything else;
 * its words are not in the error, as they may hold the texts.
 */
export type Embed = (texts: readonly string[], timeoutMs: number) => Promise<number[][]>;

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
    const embeddings = await within(timeoutMs, ask(texts, timeoutMs)).catch((error: unknown) => {
      throw new Error(
        `the endpoint for embeddings failed: ${error instanceof Error ? error.name : 'unknown'}`,
      );
    });
    if (embeddings.length !== texts.length) throw new Error('the endpoint for embeddings left texts out');
    return embeddings;
  };
}
