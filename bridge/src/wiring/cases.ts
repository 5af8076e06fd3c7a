import { createCases } from '../cases/cases.ts';
import { parseFields } from '../cases/fields.ts';
import type { Config } from '../config/config.ts';
import type { LiveEvents } from '../panel/live-events.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { MemberNotifier } from '../support/notify-member.ts';
import { parseWebhookUrls } from '../webhooks/address.ts';
import { createWebhooks } from '../webhooks/webhooks.ts';

export interface CasesParts {
  config: Config;
  store: Store;
  live: LiveEvents;
  relay: Relay;
  tell: MemberNotifier;
}

/** Wires cases, and the systems outside that are told of them. */
export function wireCases({ config, store, relay, live, tell }: CasesParts) {
  const cases = createCases({
    store,
    tell,
    fields: parseFields(config.CASE_FIELDS) ?? [],
    changed: (memberId, number) => live.publish({ type: 'case-changed', memberId, caseId: String(number) }),
  });
  const webhooks = createWebhooks({
    store,
    relay,
    urls: parseWebhookUrls(config.CASE_WEBHOOK_URLS) ?? [],
    secret: config.CASE_WEBHOOK_SECRET,
    allowPrivate: config.CASE_WEBHOOK_PRIVATE === 'allow',
  });
  cases.subscribe(webhooks.listener);
  return { cases, webhooks };
}
