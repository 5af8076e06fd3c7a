import { DAY_MS } from '@flexcord/shared/time';
import { forgetGaps } from '../knowledge/feedback/knowledge-gaps.ts';
import { deleteUnusedVectors } from '../knowledge/search/semantic/vector-store.ts';
import { dropForgottenChannels } from '../messages/forgotten-channels.ts';
import { forgetMessages } from '../messages/records.ts';
import type { CasesModule } from './cases.ts';
import type { Core } from './core.ts';

const HOUR_MS = 3600_000;
/** How long an edit or a deletion of a message still finds it. */
const MESSAGES_KEPT_MS = 30 * DAY_MS;
/** Vectors of articles that were not used for this long are computed again when they are needed. */
const VECTORS_KEPT_MS = 90 * DAY_MS;

/** Deletes every hour what is too old to be needed, until the function that it returns is called. */
export function startUpkeep({ config, store, logger }: Core, { webhooks }: CasesModule): () => Promise<void> {
  const deletions: readonly [what: string, keptMs: number, run: (before: number) => Promise<unknown>][] = [
    ['messages', MESSAGES_KEPT_MS, (before) => forgetMessages(store, before)],
    ['unanswered questions', config.KNOWLEDGE_GAP_DAYS * DAY_MS, (before) => forgetGaps(store, before)],
    ['vectors', VECTORS_KEPT_MS, (before) => deleteUnusedVectors(store, before)],
    ['webhook deliveries', config.RETENTION_WEBHOOKS * DAY_MS, (before) => webhooks.forget(before)],
    ['forgotten channels', MESSAGES_KEPT_MS, (before) => dropForgottenChannels(store, before)],
  ];
  const timer = setInterval(() => {
    for (const [what, keptMs, run] of deletions) {
      run(Date.now() - keptMs).catch((err) => logger.error({ err, what }, 'old rows could not be deleted'));
    }
  }, HOUR_MS);
  return async () => clearInterval(timer);
}
