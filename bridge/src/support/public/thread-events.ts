import { truncate } from '@flexcord/shared/messages/truncate';
import { findMember } from '../../members/members.ts';
import type { CanonicalMessage } from '../../messages/canonical.ts';
import { madeAt } from '../../messages/snowflake.ts';
import { defineEntry } from '../../relay/entries.ts';
import { discordEventKey, type EntryKey, placeLane, threadChangedKey } from '../../relay/keys.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Tx } from '../../store/open.ts';
import type { ChannelAccess, ThreadAccess } from '../../store/schema.ts';
import type { ForumDesk, Speaker } from '../../threads/desk.ts';
import { changeThread, lockThread, noteAnswer, type PublicThread } from '../../threads/threads.ts';

/** How much of the first words of a thread is kept, in UTF-16 units. */
const MAX_QUESTION_LENGTH = 4_000;

/** What is kept of the first words of a thread. */
export const questionOf = ({ text }: Pick<CanonicalMessage, 'text'>): string =>
  truncate(text, MAX_QUESTION_LENGTH);

/** Somebody wrote in a public thread. */
export const speakerWrote = defineEntry(
  'in.speaker-wrote',
  ({
    threadId,
    message,
  }: {
    threadId: string;
    /** Who wrote: the author of the thread or anybody else. */
    speaker: Speaker;
    message: CanonicalMessage;
    /** False where Discord does not let the bot read what the message says. */
    isReadable: boolean;
    /** The thread was made from this message, which its author wrote in the channel. */
    isStarter?: boolean;
  }) => ({
    lane: placeLane(threadId),
    key: discordEventKey(message.id),
    happenedAt: madeAt(message.id),
  }),
);

/** What else becomes of a public thread. */
export type ThreadNews =
  | { is: 'titled'; title: string }
  | { is: 'tagged'; tags: string[] }
  | { is: 'slow'; ms: number }
  | { is: 'thread'; to: ThreadAccess }
  | { is: 'channel'; from: ChannelAccess; to: ChannelAccess };

/** A public thread has changed; `event` tells one change from the next. */
export const threadChanged = defineEntry(
  'in.thread-changed',
  ({ threadId }: { threadId: string; news: ThreadNews[] }, event: string) => ({
    lane: placeLane(threadId),
    key: threadChangedKey(threadId, event),
  }),
);

/** What follows where a public thread is with the team. */
export interface ThreadRelay {
  /** Somebody's words, for the agents. */
  wrote(
    tx: Tx,
    thread: PublicThread,
    speaker: Speaker,
    message: CanonicalMessage,
    cause: EntryKey,
  ): Promise<void>;
  /** What became of the place, in words. */
  changed(
    tx: Tx,
    thread: PublicThread,
    news: ThreadNews & { is: 'thread' | 'channel' },
    cause: EntryKey,
  ): Promise<void>;
  /** Somebody changed a message, or took it back (`now` is null), that agents may know from before. */
  changedEarlier(
    tx: Tx,
    threadId: string,
    change: { messageId: string; now: string | null },
    cause: EntryKey,
  ): Promise<void>;
}

/** Decides what follows from what happens in public threads, in the thread's lane. */
export function createThreadEvents({ desk, team }: { desk: ForumDesk; team: ThreadRelay }) {
  /** Writes down what a message says about its thread: the question, who waits, and who answered. */
  async function note(
    tx: Tx,
    thread: PublicThread,
    speaker: Speaker,
    message: CanonicalMessage,
    isStarter: boolean,
  ): Promise<'opened' | 'continued'> {
    // Whoever makes a thread of somebody's message is not who asks.
    const isAuthor = isStarter || speaker.id === thread.author_id;
    if (thread.question_id === null && isAuthor && !thread.adopted) {
      await changeThread(tx, thread.id, {
        author_id: speaker.id,
        author_name: speaker.name,
        question: questionOf(message),
        question_id: message.id,
        waiting_since: madeAt(message.id) ?? steadyNow(),
      });
      return 'opened';
    }
    if (isAuthor) {
      if (thread.waiting_since === null)
        await changeThread(tx, thread.id, {
          author_name: speaker.name,
          waiting_since: madeAt(message.id) ?? steadyNow(),
        });
    } else await noteAnswer(tx, thread, { by: 'member', messageId: message.id, memberId: speaker.id });
    return 'continued';
  }

  async function apply(tx: Tx, before: PublicThread, news: ThreadNews, cause: EntryKey): Promise<void> {
    const { id } = before;
    const told = async (event: Parameters<ForumDesk['heard']>[2]) => {
      const thread = await lockThread(tx, id);
      if (thread) await desk.heard(tx, thread, event, cause);
    };
    switch (news.is) {
      case 'titled':
        if (news.title === before.title) return;
        await changeThread(tx, id, { title: news.title });
        return told({ is: 'titled', from: before.title, to: news.title });
      case 'tagged':
        if (String(news.tags) === String(before.tags)) return;
        await changeThread(tx, id, { tags: news.tags });
        return told({ is: 'tagged', from: before.tags, to: news.tags });
      case 'slow':
        await changeThread(tx, id, { slow_ms: news.ms });
        return;
      case 'thread':
        if (news.to === before.access) return;
        await changeThread(tx, id, { access: news.to });
        await team.changed(tx, before, news, cause);
        return told({ is: 'thread', from: before.access, to: news.to });
      case 'channel':
        await team.changed(tx, before, news, cause);
        return told(news);
    }
  }

  return [
    speakerWrote.handledBy({
      decide: async (tx, { threadId, speaker, message, isReadable, isStarter = false }, { key }) => {
        const before = await lockThread(tx, threadId);
        // Whom the team does not serve is not heard in public either.
        if (!before || (await findMember(tx, speaker.id))?.blocked_at) return;
        const is = await note(tx, before, speaker, message, isStarter);
        await team.wrote(tx, before, speaker, message, key);
        const thread = await lockThread(tx, threadId);
        if (thread) await desk.heard(tx, thread, { is, speaker, message, isReadable }, key);
      },
    }),

    threadChanged.handledBy({
      decide: async (tx, { threadId, news }, { key }) => {
        for (const one of news) {
          const before = await lockThread(tx, threadId);
          if (before) await apply(tx, before, one, key);
        }
      },
    }),
  ] as const;
}
