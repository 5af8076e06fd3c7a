import type { Embeddings } from './embeddings.ts';
import type { Vector } from './vector.ts';

/** How long after what could not be had is asked for again, in milliseconds. */
const RETRY_MS = 60_000;

/**
 * What the texts of a set of articles mean, as far as it is known; what was known before is not asked for again.
 * `onMore` is called when what could not be had before can be had now.
 */
export function createArticleVectors(meaning: Embeddings, onMore: () => void, retryMs = RETRY_MS) {
  let known: ReadonlyMap<string, Vector | null> = new Map();
  let missing: string[] = [];
  let retry: Timer | undefined;

  async function askAgain(): Promise<void> {
    retry = undefined;
    const [text] = missing;
    if (text === undefined) return;
    const vector = (await meaning.ofTexts([text])).get(text);
    if (vector) return onMore();
    // The model refuses this one: another tells whether it is back.
    if (vector === null) {
      known = new Map([...known, [text, null]]);
      missing = missing.filter((other) => other !== text);
    }
    askLater();
  }

  function askLater(): void {
    if (missing.length === 0) return;
    retry ??= setTimeout(() => void askAgain(), retryMs);
    retry.unref();
  }

  return {
    async of(texts: readonly string[]): Promise<ReadonlyMap<string, Vector>> {
      const fresh = await meaning.ofTexts(texts.filter((text) => !known.has(text)));
      const told = new Map([...known, ...fresh]);
      known = new Map(texts.filter((text) => told.has(text)).map((text) => [text, told.get(text) ?? null]));
      missing = texts.filter((text) => !known.has(text));
      askLater();
      const vectors = new Map<string, Vector>();
      for (const [text, vector] of known) if (vector) vectors.set(text, vector);
      return vectors;
    },
  };
}
