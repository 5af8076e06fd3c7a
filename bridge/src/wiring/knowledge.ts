import { join } from 'node:path';
import { warmIntents } from '../assistant/intents/detect.ts';
import type { Config } from '../config/config.ts';
import { createLibrary } from '../knowledge/articles/library.ts';
import { syncArticles } from '../knowledge/articles/sync.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { createLearningThread } from '../knowledge/learning/learning-thread.ts';
import { createEmbedder, type Embed } from '../knowledge/search/semantic/embedder.ts';
import { createEmbeddings, type Embeddings } from '../knowledge/search/semantic/embeddings.ts';
import { createStaticEmbedder } from '../knowledge/search/semantic/static-embedder.ts';
import { fingerprintOf } from '../knowledge/search/semantic/static-model.ts';
import { createVectorStore } from '../knowledge/search/semantic/vector-store.ts';
import { collectAside } from '../knowledge/sources/collect-aside.ts';
import { startSourceSchedule } from '../knowledge/sources/schedule.ts';
import { sourceStore } from '../knowledge/sources/source-store.ts';
import { loadJapaneseDictionary } from '../knowledge/text/japanese.ts';
import type { Core } from './core.ts';

/** How long a start waits for articles to be found that no file has, in milliseconds; they are learned while it runs. */
const MAX_START_WAIT_MS = 2_000;

/** Wires the search over articles, which follows those in the store until it is stopped. Throws when they cannot be read. */
export async function createKnowledgeModule(core: Core) {
  const { config, store, logger, live } = core;
  if (config.KNOWLEDGE_JAPANESE_DICTIONARY) await loadJapaneseDictionary();
  const folder = join(config.DATA_DIR, 'learned');
  const learner = createLearningThread({ folder, logger });
  const search = createMeaningSearch(core);
  const knowledge = createKnowledge(search?.meaning, learner);
  // Awaited: whoever writes first would otherwise wait for all of it at once.
  await warmIntents(folder, (err) =>
    logger.warn({ err }, 'the trained intent models could not be stored; the next start trains them again'),
  );
  if (config.KNOWLEDGE_SAMPLE) {
    const { addSampleArticles } = await import('../knowledge/import/sample-articles.ts');
    await addSampleArticles(store);
  }
  const articles = await syncArticles({
    store,
    knowledge,
    logger,
    onChange: () => live.publish({ type: 'knowledge-changed' }),
  });
  const schedule = startSourceSchedule({
    store,
    logger,
    collect: collectAside,
    paceMs: config.KNOWLEDGE_SOURCE_PACE_MS,
    everyMs: config.KNOWLEDGE_SOURCE_LOOK_MS,
    logins: { zendesk: config.KNOWLEDGE_ZENDESK_LOGIN, intercom: config.KNOWLEDGE_INTERCOM_TOKEN },
    onRead: () => live.publish({ type: 'knowledge-changed' }),
  });
  const ready = knowledge.ready().then(() => logger.info('article index ready'));
  await Promise.race([ready, Bun.sleep(MAX_START_WAIT_MS)]);
  return {
    knowledge,
    library: createLibrary({ store, changed: articles.refresh }),
    sources: { ...sourceStore(store), look: schedule.look, allowedHosts: config.KNOWLEDGE_SOURCE_HOSTS },
    async stop() {
      await schedule.stop();
      learner.stop();
      search?.stop();
      await articles.stop();
    },
  };
}

export type KnowledgeModule = Awaited<ReturnType<typeof createKnowledgeModule>>;

/** Null without an embedding model. */
function createMeaningSearch({ config, store, logger }: Core): { meaning: Embeddings; stop(): void } | null {
  const model = embeddingModel(config);
  if (!model) return null;
  const [queryPrefix, textPrefix] = [config.EMBEDDINGS_QUERY_PREFIX, config.EMBEDDINGS_TEXT_PREFIX].map(
    (prefix) => (prefix ? `${prefix} ` : ''),
  ) as [string, string];
  const meaning = createEmbeddings({
    embed: model.embed,
    kept: createVectorStore(store, `${model.name}\n${textPrefix}`),
    queryPrefix,
    textPrefix,
    timeoutMs: config.EMBEDDINGS_TIMEOUT_MS,
    logger,
  });
  return { meaning, stop: model.stop };
}

function embeddingModel(config: Config): { embed: Embed; name: string; stop(): void } | null {
  const { EMBEDDINGS_FOLDER: folder, EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model } = config;
  if (folder) return { ...createStaticEmbedder(folder), name: fingerprintOf(folder) };
  if (!url || !model) return null;
  const embed = createEmbedder({ url, apiKey: config.EMBEDDINGS_API_KEY, model });
  return { embed, name: model, stop: () => {} };
}
