import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { followArticles } from '../knowledge/articles/follow.ts';
import { createLibrary } from '../knowledge/articles/library.ts';
import { addSample } from '../knowledge/articles/sample.ts';
import { warmIntents } from '../knowledge/intents/detect.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
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
  const knowledge = createKnowledge();
  void warmIntents();
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
