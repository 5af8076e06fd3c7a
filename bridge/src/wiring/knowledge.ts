import { join } from 'node:path';
import type { Logger } from 'pino';
import { warmIntents } from '../assistant/intents/detect.ts';
import type { Config } from '../config/config.ts';
import { followArticles } from '../knowledge/articles/follow.ts';
import { createLibrary } from '../knowledge/articles/library.ts';
import { addSample } from '../knowledge/articles/sample.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { createEmbedder } from '../knowledge/search/meaning/embedder.ts';
import { keptVectors } from '../knowledge/search/meaning/kept-vectors.ts';
import { createMeaning, type Meaning } from '../knowledge/search/meaning/meaning.ts';
import type { LiveEvents } from '../panel/live-events.ts';
import type { Store } from '../store/open.ts';

export interface KnowledgeParts {
  config: Config;
  store: Store;
  logger: Logger;
  live: LiveEvents;
}

/** Wires what is known, kept in step with the articles of the store until it is stopped. Throws when they cannot be read. */
export async function wireKnowledge({ config, store, logger, live }: KnowledgeParts) {
  const knowledge = createKnowledge(wireMeaning(config, store, logger));
  void warmIntents(join(config.DATA_DIR, 'learned'), (err) =>
    logger.warn({ err }, 'what was learned could not be kept: the next start learns it again'),
  );
  if (config.KNOWLEDGE_SAMPLE === 'true') await addSample(store);
  const articles = await followArticles({
    store,
    knowledge,
    logger,
    onChange: () => live.publish({ type: 'knowledge-changed' }),
  });
  void knowledge.ready().then(() => logger.info('articles learned'));
  return {
    knowledge,
    library: createLibrary({ store, changed: articles.refresh }),
    stop: articles.stop,
  };
}

/** Null without a model. */
function wireMeaning(config: Config, store: Store, logger: Logger): Meaning | null {
  const { EMBEDDINGS_URL: url, EMBEDDINGS_API_KEY: apiKey, EMBEDDINGS_MODEL: model } = config;
  if (!url || !model) return null;
  const [queryPrefix, textPrefix] = [config.EMBEDDINGS_QUERY_PREFIX, config.EMBEDDINGS_TEXT_PREFIX].map(
    (prefix) => (prefix ? `${prefix} ` : ''),
  ) as [string, string];
  return createMeaning({
    embed: createEmbedder({ url, apiKey, model }),
    kept: keptVectors(store, `${model}\n${textPrefix}`),
    queryPrefix,
    textPrefix,
    timeoutMs: config.EMBEDDINGS_TIMEOUT_MS,
    logger,
  });
}
