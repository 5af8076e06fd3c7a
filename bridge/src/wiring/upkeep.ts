import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { forgetGaps } from '../knowledge/feedback/gaps.ts';
import { forgetVectors } from '../knowledge/search/meaning/kept-vectors.ts';
import { forgetMessages } from '../messages/records.ts';
import type { Store } from '../store/open.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

export interface UpkeepParts {
  config: Config;
  store: Store;
  logger: Logger;
  webhooks: Webhooks;
}

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** As long as the journal keeps their entries; what is that old is changed by nobody. */
const MESSAGES_KEPT_MS = 30 * DAY_MS;
/** Articles that are looked at again after this long are sent to the model again. */
const VECTORS_KEPT_MS = 90 * DAY_MS;

/** Forgets every hour what is too old to be needed, until the function that it returns is called. */
export function startUpkeep({ config, store, logger, webhooks }: UpkeepParts): () => void {
  const forgetting = setInterval(() => {
    forgetMessages(store, Date.now() - MESSAGES_KEPT_MS).catch((err) =>
      logger.error({ err }, 'old messages were kept'),
    );
    forgetGaps(store, Date.now() - config.KNOWLEDGE_GAP_DAYS * DAY_MS).catch((err) =>
      logger.error({ err }, 'old unanswered questions were kept'),
    );
    forgetVectors(store, Date.now() - VECTORS_KEPT_MS).catch((err) =>
      logger.error({ err }, 'old vectors were kept'),
    );
    webhooks
      .forget(Date.now() - MESSAGES_KEPT_MS)
      .catch((err) => logger.error({ err }, 'old webhooks were kept'));
  }, HOUR_MS);
  return () => clearInterval(forgetting);
}
