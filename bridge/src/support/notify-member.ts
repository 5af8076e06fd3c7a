import type { Notice } from '../messages/notices.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import { discordLane, type Payloads, type SupportEntry } from './entries.ts';

/** Ways for other parts of the bridge to say something; it goes out once their transaction is committed. */
export function createNotifier({ store, relay }: { store: Store; relay: Relay<Payloads> }) {
  async function send(tx: Tx, ...entries: SupportEntry[]): Promise<void> {
    await relay.append(tx, ...entries);
    store.afterCommit(tx, () => {
      relay.wake();
      // Other processes look by themselves after a while; not telling them costs time and nothing else.
      store.announce().catch(() => {});
    });
  }

  return {
    send,
    /** Sends a notice to a member; the same key is sent once. */
    member: (tx: Tx, memberId: string, key: string, notice: Notice) =>
      send(tx, {
        lane: discordLane(memberId),
        key,
        kind: 'discord.notice',
        payload: { memberId, notice },
      }),
  };
}

export type Notifier = ReturnType<typeof createNotifier>;
