import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import { publicChannels } from './channels.ts';
import type { ForumDesk } from './desk.ts';
import { escalateThread } from './requests.ts';

/** Does what the rule `person` of a channel says by itself: each post comes to the team. Whoever answers in other ways has a desk of its own. */
export function createRuleDesk({ store, relay }: { store: Store; relay: Relay }): ForumDesk {
  const channels = publicChannels(store);
  return {
    async heard(tx, thread, event, cause) {
      if (event.is !== 'opened') return;
      const channel = await channels.find(thread.channel_id, tx);
      if (channel?.rule !== 'person' || channel.ended_at !== null) return;
      await relay.append(tx, escalateThread({ threadId: thread.id, reason: { is: 'rule' } }, cause));
    },
  };
}
