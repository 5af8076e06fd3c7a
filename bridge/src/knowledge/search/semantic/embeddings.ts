import { truncate } from '@flexcord/shared/messages/truncate';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { type Embed, EmbeddingsError } from './embedder.ts';
import { type Vector, vectorOf } from './vector.ts';
import type { VectorStore } from './vector-store.ts';

export interface EmbeddingsOptions {
  embed: Embed;
  kept: VectorStore;
  /** What some models want before a text that is looked for, and before one that is found; see the model's own page. */
  queryPrefix: string;
  textPrefix: string;
  /** The longest that somebody's question waits for its vector, in milliseconds. */
  timeoutMs: number;
  logger: Logger;
}

/** What texts mean to a model behind an endpoint. It makes answers better and is never needed for one. */
export interface Embeddings {
  /** What a question means; null until `prepare` was there for it, or where it could not be had. */
  of(question: string): Vector | null;
  /** Whether `of` is known for all of them. Resolves when it is, or cannot be in time; never rejects. */
  prepare(questions: readonly string[]): Promise<boolean>;
  /**
   * What texts of articles mean: from the store, and what it has not from the model. Null for what the model will never
   * tell; what could not be had this time is left out. Takes as long as it takes; never rejects.
   */
  ofTexts(texts: readonly string[]): Promise<ReadonlyMap<string, Vector | null>>;
}

const MAX_QUESTIONS = 1_000;
const MAX_TEXT_LENGTH = 2_000;
const MAX_BATCH = 64;
const BATCH_TIMEOUT_MS = 30_000;
/** An endpoint that refuses as many texts and takes none is set up wrongly, and is not asked about all the others. */
const MAX_REFUSED = 16;
/** After a failure no question waits for the endpoint for as long, in milliseconds. */
const BACKOFF_MS = 20_000;

export function createEmbeddings(options: EmbeddingsOptions): Embeddings {
  const { embed, kept, queryPrefix, textPrefix, timeoutMs, logger } = options;
  const known = new LRUCache<string, Vector>({ max: MAX_QUESTIONS });
  const asking = new Map<string, Promise<void>>();
  let restsUntil = 0;

  function failed(error: unknown, what: string): void {
    if (!isRefusal(error)) restsUntil = Date.now() + BACKOFF_MS;
    logger.warn({ err: error }, what);
  }

  async function ask(question: string): Promise<void> {
    try {
      const [numbers = []] = await embed([queryPrefix + question], timeoutMs);
      const vector = vectorOf(numbers);
      if (vector) known.set(question, vector);
    } catch (error) {
      failed(error, 'a question was looked up by its words alone');
    } finally {
      asking.delete(question);
    }
  }

  /** One request for a question, however many ask for it at once. */
  function askOnce(question: string): Promise<void> {
    const begun = asking.get(question) ?? ask(question);
    asking.set(question, begun);
    return begun;
  }

  async function embedAll(texts: readonly string[], found: Map<string, Vector | null>): Promise<void> {
    for (let from = 0; from < texts.length; from += MAX_BATCH)
      await embedSome(texts.slice(from, from + MAX_BATCH), found);
  }

  /** One text that the model refuses costs no other its vector: it is looked for by halves. */
  async function embedSome(texts: readonly string[], found: Map<string, Vector | null>): Promise<void> {
    let embeddings: number[][];
    try {
      embeddings = await embed(
        texts.map((text) => textPrefix + truncate(text, MAX_TEXT_LENGTH)),
        BATCH_TIMEOUT_MS,
      );
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const half = texts.length >> 1;
      if (half === 0) {
        for (const text of texts) found.set(text, null);
        if (found.size >= MAX_REFUSED && [...found.values()].every((vector) => vector === null)) throw error;
        return;
      }
      await embedSome(texts.slice(0, half), found);
      return embedSome(texts.slice(half), found);
    }
    const fresh = new Map<string, Vector>();
    texts.forEach((text, place) => {
      const vector = vectorOf(embeddings[place] ?? []);
      if (vector) fresh.set(text, vector);
      else found.set(text, null);
    });
    await kept.write(fresh);
    for (const [text, vector] of fresh) found.set(text, vector);
  }

  return {
    of: (question) => known.get(questionOf(question)) ?? null,
    async prepare(questions) {
      const wanted = [...new Set(questions.map(questionOf))].filter((question) => question !== '');
      const missing = wanted.filter((question) => !known.has(question));
      if (Date.now() >= restsUntil) await Promise.all(missing.map(askOnce));
      return wanted.every((question) => known.has(question));
    },
    async ofTexts(texts) {
      const wanted = [...new Set(texts)];
      const found = new Map<string, Vector | null>();
      try {
        for (const [text, vector] of await kept.read(wanted)) found.set(text, vector);
        await embedAll(
          wanted.filter((text) => !found.has(text)),
          found,
        );
      } catch (error) {
        failed(error, 'some articles are found by their words alone for now; it is tried again');
      }
      return found;
    },
  };
}

const isRefusal = (error: unknown) => error instanceof EmbeddingsError && error.refused;

/** As a question is remembered, so that it is the same to whoever prepares it and to whoever looks it up. */
function questionOf(text: string): string {
  return truncate(text, MAX_TEXT_LENGTH).trim();
}
