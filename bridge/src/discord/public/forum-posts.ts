import { type APIThreadChannel, type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { solvedTagIn, tagsWith } from '../../forum/decide.ts';
import { forumCard, forumRest, forumSecret, forumTag, forumTell } from '../../forum/entries.ts';
import type { ForumSettings } from '../../forum/options.ts';
import { noteCardSent } from '../../forum/posts.ts';
import { findMember } from '../../members/members.ts';
import { findMessage } from '../../messages/records.ts';
import type { Attempt } from '../../relay/entries.ts';
import { Refused } from '../../relay/errors.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store } from '../../store/open.ts';
import { publicChannels } from '../../threads/channels.ts';
import { findThread } from '../../threads/threads.ts';
import type { Send } from '../conversation/send.ts';
import { callDiscord } from '../errors.ts';
import { renderForumCard, renderReport, renderSecret } from '../render/forum.ts';

export interface ForumPostsOptions {
  store: Store;
  relay: Relay;
  rest: REST;
  logger: Logger;
  send: Send;
  settings: Pick<ForumSettings, 'solvedTag' | 'moderatorsChannelId'> & { rest: 'archive' | 'lock' };
}

/** Does in public threads what the forum desk has decided. */
export function createForumPosts({ store, relay, rest, logger, send, settings }: ForumPostsOptions) {
  const channels = publicChannels(store);

  /** Changes a thread; what the bot may not do is logged, as nobody waits for it. */
  async function change(what: string, threadId: string, body: Record<string, unknown>): Promise<boolean> {
    try {
      await callDiscord(what, () => rest.patch(Routes.channel(threadId), { body }));
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      logger.warn(
        { threadId, reason: error.reason },
        `the bot could not ${what}; it needs Manage Threads there`,
      );
      return false;
    }
  }

  const card = forumCard.handledBy({
    async run({ threadId, card: said, locale, replyTo }, attempt) {
      const message = renderForumCard(said, locale);
      if (replyTo) message.message_reference = { message_id: replyTo, fail_if_not_exists: false };
      const sent = await send(threadId, message, 0, attempt);
      return { outcome: [sent], commit: (tx) => noteCardSent(tx, threadId, said, sent.id) };
    },
  });

  const tag = forumTag.handledBy({
    async run({ threadId, solved }) {
      const known = await findThread(store.db, threadId);
      const forum = known && (await channels.find(known.channel_id));
      const solvedTag = forum && solvedTagIn(forum.tags, settings.solvedTag);
      if (!forum?.isForum || !solvedTag) return undefined;
      let thread: APIThreadChannel;
      try {
        thread = (await callDiscord('look at a thread', () =>
          rest.get(Routes.channel(threadId)),
        )) as APIThreadChannel;
      } catch (error) {
        if (error instanceof Refused) return undefined;
        throw error;
      }
      const tags = tagsWith(thread.applied_tags ?? [], forum, solvedTag, solved);
      if (tags === null) return undefined;
      // An archived thread takes no tags: it is opened, and archived again afterwards.
      const isArchived = thread.thread_metadata?.archived === true;
      const body = { applied_tags: tags, ...(isArchived ? { archived: false } : {}) };
      const changed = await change('tag a thread', threadId, body);
      if (changed && isArchived) await change('archive a thread', threadId, { archived: true });
      return undefined;
    },
  });

  const away = forumRest.handledBy({
    async run({ threadId, state, since }) {
      const thread = await findThread(store.db, threadId);
      // It was opened again, or is gone, or a moderator has put it away.
      if (!thread || thread.state !== state || (state === 'solved' && thread.solved_at !== since))
        return undefined;
      const locks = settings.rest === 'lock' && state === 'solved';
      if (thread.access === 'deleted' || thread.access === 'locked') return undefined;
      if (thread.access === 'archived' && !locks) return undefined;
      const opened =
        thread.access === 'archived' ? await change('open a thread', threadId, { archived: false }) : true;
      if (opened)
        await change('put a thread away', threadId, { archived: true, ...(locks ? { locked: true } : {}) });
      return undefined;
    },
  });

  /** Takes a message away. One that is gone was taken away by an earlier attempt, or by its author. */
  async function takeAway(threadId: string, messageId: string): Promise<'removed' | 'gone' | 'refused'> {
    try {
      await callDiscord('delete a message', () => rest.delete(Routes.channelMessage(threadId, messageId)));
      return 'removed';
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.reason === 'gone') return 'gone';
      logger.warn(
        { threadId, reason: error.reason },
        'a message was not taken away; the bot needs Manage Messages there',
      );
      return 'refused';
    }
  }

  /** Tells somebody in private, where a direct message is open. Returns where that was sent. */
  async function tellInPrivate(memberId: string, body: ReturnType<typeof renderSecret>, attempt: Attempt) {
    const member = await findMember(store.db, memberId);
    if (!member?.dm_channel_id || member.public_only === 1 || member.dm_closed_at !== null) return null;
    try {
      return await send(member.dm_channel_id, body, 0, attempt);
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }

  const secret = forumSecret.handledBy({
    async run({ threadId, messageId, memberId, kinds, locale, remove, mayTellInThread }, attempt) {
      const [thread, message] = await Promise.all([
        findThread(store.db, threadId),
        findMessage(store.db, messageId),
      ]);
      if (!thread || message?.deleted_at != null) return undefined;
      const taken = remove ? await takeAway(threadId, messageId) : 'refused';
      // Its author was faster, unless an earlier attempt was.
      if (taken === 'gone' && attempt.failures === 0 && !attempt.uncertain) return undefined;
      const removed = taken !== 'refused';
      const url = `https://discord.com/channels/${thread.guild_id}/${threadId}/${messageId}`;
      const own = message?.words ?? message?.text;
      const inPrivate = renderSecret({ kinds, removed, url, ...(removed && own ? { own } : {}) }, locale);
      const told = await tellInPrivate(memberId, inPrivate, attempt);
      const inPublic = renderSecret({ kinds, removed }, locale);
      if (!removed) inPublic.message_reference = { message_id: messageId, fail_if_not_exists: false };
      const sent = told ?? (mayTellInThread || removed ? await send(threadId, inPublic, 1, attempt) : null);
      return {
        outcome: sent ? [sent] : [],
        async commit(tx) {
          const { moderatorsChannelId: channelId } = settings;
          if (channelId === '') return;
          const report = { is: 'secret', messageUrl: url, kinds, removed } as const;
          await relay.append(tx, forumTell({ channelId, report, locale }, attempt.key));
        },
      };
    },
  });

  const tell = forumTell.handledBy({
    async run({ channelId, report, locale }, attempt) {
      return { outcome: [await send(channelId, renderReport(report, locale), 0, attempt)] };
    },
  });

  return { handlers: [card, tag, away, secret, tell] as const };
}
