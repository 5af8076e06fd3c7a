import { join } from 'node:path';
import type { Logger } from 'pino';
import { warmIntents } from '../assistant/intents/detect.ts';
import type { Config } from '../config/config.ts';
import { createLibrary } from '../knowledge/articles/library.ts';
import { syncArticles } from '../knowledge/articles/sync.ts';
import { addSampleArticles } from '../knowledge/import/sample-articles.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { createEmbedder } from '../knowledge/search/semantic/embedder.ts';
import { createEmbeddings, type Embeddings } from '../knowledge/search/semantic/embeddings.ts';
import { createVectorStore } from '../knowledge/search/semantic/vector-store.ts';
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
  if (config.KNOWLEDGE_SAMPLE === 'true') await addSampleArticles(store);
  const articles = await syncArticles({
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
function wireMeaning(config: Config, store: Store, logger: Logger): Embeddings | null {
  const { EMBEDDINGS_URL: url, EMBEDDINGS_API_KEY: apiKey, EMBEDDINGS_MODEL: model } = config;
  if (!url || !model) return null;
  const [queryPrefix, textPrefix] = [config.EMBEDDINGS_QUERY_PREFIX, config.EMBEDDINGS_TEXT_PREFIX].map(
    (prefix) => (prefix ? `${prefix} ` : ''),
  ) as [string, string];
  return createEmbeddings({
    embed: createEmbedder({ url, apiKey, model }),
    kept: createVectorStore(store, `${model}\n${textPrefix}`),
    queryPrefix,
    textPrefix,
    timeoutMs: config.EMBEDDINGS_TIMEOUT_MS,
    logger,
  });
}
