import { truncate } from '@flexcord/shared/messages/truncate';
import { findMember, type ThreadState } from '../members/members.ts';
import type { MessageTexts } from '../messages/canonical.ts';
import { findMessage, linksOfDiscord } from '../messages/records.ts';
import { defineEntry } from '../relay/entries.ts';
import { discordLane, type EntryKey, moderatedKey, placeLane } from '../relay/keys.ts';
import { hasPending } from '../relay/queries.ts';
import type { Relay } from '../relay/relay.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import { conversationQueries } from './conversations.ts';
import { botMessage } from './outgoing.ts';

/** What moderators did to a member, or to the place in which the member is talked to. */
export type Moderation =
  | { is: 'thread'; from: ThreadState; to: ThreadState }
  | { is: 'banned'; server: string }
  | { is: 'removed' }
  /** They took an agent's words away; the id of the message on Discord. */
  | { is: 'words-removed'; messageId: string };

/** Moderators did something; `event` tells it from everything else that they did. */
export const memberModerated = defineEntry(
  'in.member-moderated',
  ({ memberId, threadId }: { memberId: string; threadId?: string; done: Moderation }, event: string) => ({
    lane: placeLane(threadId ?? memberId),
    key: moderatedKey(event),
  }),
);

/** How long what the bridge itself takes away may be under way when it is heard, in milliseconds. */
const OWN_CHANGES_TIMEOUT_MS = 10_000;
const MAX_EXCERPT_LENGTH = 80;

/** Tells agents what moderators did while a chat is open. */
export function createModeration({
  store,
  relay,
  texts,
}: {
  store: Store;
  relay: Relay;
  /** Words for agents. */
  texts: MessageTexts;
}) {
  const conversations = conversationQueries(store);

  async function note(
    tx: Tx,
    { memberId, threadId }: { memberId: string; threadId?: string },
    words: string | null,
    cause: EntryKey,
  ): Promise<void> {
    const conversation = await (threadId === undefined
      ? conversations.lockOpenOf(tx, memberId)
      : conversations.lockOpenIn(tx, threadId));
    if (words === null || !conversation?.twilio_sid) return;
    const to = { conversationId: conversation.id, after: conversation.twilio_cursor };
    await relay.append(tx, botMessage({ ...to, body: `[${words}]` }, 'moderation-note', cause));
  }

  function describe(done: Exclude<Moderation, { is: 'words-removed' }>, name: string): string | null {
    if (done.is === 'banned') return texts.banned(name, done.server);
    if (done.is === 'removed') return texts.removedFromThread(name);
    if (done.to === 'locked') return texts.threadLocked(name);
    if (done.to === 'deleted') return texts.threadDeleted(name);
    if (done.from === 'locked') return texts.threadUnlocked(name);
    return done.to === 'archived' ? texts.threadArchived(name) : null;
  }

  /** An agent's words that are not there any more; null where the bridge itself took them away. */
  async function wordsGone(messageId: string): Promise<string | null> {
    const [link] = await linksOfDiscord(store.db, messageId);
    const message =
      link?.direction === 'to-member' ? await findMessage(store.db, link.twilio_sid) : undefined;
    if (!message) return null;
    const excerpt = truncate(message.text.replace(/\s+/g, ' '), MAX_EXCERPT_LENGTH, { ellipsis: '…' });
    return texts.wordsRemoved(link?.kind === 'text' && excerpt ? `“${excerpt}”` : texts.aFile);
  }

  return memberModerated.handledBy({
    async run({ memberId, threadId, done }, { key, createdAt }) {
      const member = await findMember(store.db, memberId);
      const name = member?.name ?? '';
      let words: string | null;
      if (done.is === 'words-removed') {
        // An edit or a removal by the agent may be what is heard here.
        const early = steadyNow() - createdAt < OWN_CHANGES_TIMEOUT_MS;
        if (early && (await hasPending(store.db, discordLane(threadId ?? memberId))))
          return { againInMs: 100 };
        words = await wordsGone(done.messageId);
      } else words = describe(done, name);
      return { commit: (tx) => note(tx, { memberId, ...(threadId ? { threadId } : {}) }, words, key) };
    },
  });
}
