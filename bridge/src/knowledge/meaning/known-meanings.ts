import type { Meaning } from './meaning.ts';
import type { Vector } from './vector.ts';

/** How long after what could not be had is asked for again, in milliseconds. */
const RETRY_MS = 60_000;

/**
 * What the texts of a set of articles mean, as far as it is known; what was known before is not asked for again.
 * `onMore` is called when what could not be had before can be had now.
 */
export function createKnownMeanings(meaning: Meaning, onMore: () => void, retryMs = RETRY_MS) {
  let known: ReadonlyMap<string, Vector> = new Map();
  let missing: string[] = [];
  let retry: Timer | undefined;

  async function askAgain(): Promise<void> {
    retry = undefined;
    const found = await meaning.ofTexts(missing.slice(0, 1));
    if (found.size > 0) onMore();
    else askLater();
  }

  function askLater(): void {
    if (missing.length === 0) return;
    retry ??= setTimeout(() => void askAgain(), retryMs);
    retry.unref();
  }

  return {
    async of(texts: readonly string[]): Promise<ReadonlyMap<string, Vector>> {
      const fresh = await meaning.ofTexts(texts.filter((text) => !known.has(text)));
      const all = new Map<string, Vector>();
      for (const text of texts) {
        const vector = known.get(text) ?? fresh.get(text);
        if (vector) all.set(text, vector);
      }
      known = all;
      missing = texts.filter((text) => !all.has(text));
      askLater();
      return all;
    },
  };
}
