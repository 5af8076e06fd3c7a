import { forgetGaps } from '../knowledge/feedback/knowledge-gaps.ts';
import { deleteUnusedVectors } from '../knowledge/search/semantic/vector-store.ts';
import { forgetLinks } from '../support/message-links.ts';
import type { CasesModule } from './cases.ts';
import type { Core } from './core.ts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** As long as the journal keeps what an edit or a deletion is looked up in. */
const LINKS_KEPT_MS = 30 * DAY_MS;
/** Articles that are looked at again after this long are sent to the model again. */
const VECTORS_KEPT_MS = 90 * DAY_MS;

/** Deletes every hour what is too old to be needed, until the function that it returns is called. */
export function startUpkeep({ config, store, logger }: Core, { webhooks }: CasesModule): () => Promise<void> {
  const deletions: readonly [what: string, keptMs: number, run: (before: number) => Promise<unknown>][] = [
    ['message links', LINKS_KEPT_MS, (before) => forgetLinks(store, before)],
    ['unanswered questions', config.KNOWLEDGE_GAP_DAYS * DAY_MS, (before) => forgetGaps(store, before)],
    ['vectors', VECTORS_KEPT_MS, (before) => deleteUnusedVectors(store, before)],
    ['webhook deliveries', LINKS_KEPT_MS, (before) => webhooks.forget(before)],
  ];
  const timer = setInterval(() => {
    for (const [what, keptMs, run] of deletions) {
      run(Date.now() - keptMs).catch((err) => logger.error({ err, what }, 'old rows could not be deleted'));
    }
  }, HOUR_MS);
  return async () => clearInterval(timer);
}
