import { createCases } from '../cases/cases.ts';
import { createWebhooks } from '../webhooks/webhooks.ts';
import type { Core } from './core.ts';

/** Wires cases, and the systems outside that are told of them. */
export function createCasesModule({ config, store, relay, live, tell, agentTexts }: Core) {
  const cases = createCases({
    store,
    tell,
    fields: config.CASE_FIELDS,
    mark: agentTexts.message.wordsGone,
    changed: (memberId, number) => live.publish({ type: 'case-changed', memberId, caseId: String(number) }),
  });
  const webhooks = createWebhooks({
    store,
    relay,
    urls: config.CASE_WEBHOOK_URLS,
    secret: config.CASE_WEBHOOK_SECRET,
    allowPrivate: config.CASE_WEBHOOK_PRIVATE,
  });
  cases.subscribe(webhooks.listener);
  return { cases, webhooks, handlers: webhooks.handlers };
}

export type CasesModule = ReturnType<typeof createCasesModule>;
