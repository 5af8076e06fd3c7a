import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { forgetGaps } from '../knowledge/feedback/knowledge-gaps.ts';
import { deleteUnusedVectors } from '../knowledge/search/semantic/vector-store.ts';
import type { Store } from '../store/open.ts';
import { forgetLinks } from '../support/message-links.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

export interface UpkeepParts {
  config: Config;
  store: Store;
  logger: Logger;
  webhooks: Webhooks;
}

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** As long as the journal keeps what an edit or a deletion is looked up in. */
const LINKS_KEPT_MS = 30 * DAY_MS;
/** Articles that are looked at again after this long are sent to the model again. */
const VECTORS_KEPT_MS = 90 * DAY_MS;

/** Forgets every hour what is too old to be needed, until the function that it returns is called. */
export function startUpkeep({ config, store, logger, webhooks }: UpkeepParts): () => void {
  const forgetting = setInterval(() => {
    forgetLinks(store, Date.now() - LINKS_KEPT_MS).catch((err) =>
      logger.error({ err }, 'old links were kept'),
    );
    forgetGaps(store, Date.now() - config.KNOWLEDGE_GAP_DAYS * DAY_MS).catch((err) =>
      logger.error({ err }, 'old unanswered questions were kept'),
    );
    deleteUnusedVectors(store, Date.now() - VECTORS_KEPT_MS).catch((err) =>
      logger.error({ err }, 'old vectors were kept'),
    );
    webhooks
      .forget(Date.now() - LINKS_KEPT_MS)
      .catch((err) => logger.error({ err }, 'old webhooks were kept'));
  }, HOUR_MS);
  return () => clearInterval(forgetting);
}
