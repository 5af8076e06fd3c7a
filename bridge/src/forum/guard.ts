import type { CanonicalMessage } from '../messages/canonical.ts';
import { steadyNow } from '../store/clock.ts';
import type { Contexts, ForumContext } from './context.ts';
import { forumSecret, forumTell } from './entries.ts';
import { floodAt } from './floods.ts';
import type { ForumOptions } from './options.ts';
import { changePost } from './posts.ts';
import { kindsIn } from './secrets.ts';

/** Between two lines in one thread about what others should not read, and how many in one channel within a minute. */
const WARNING_PAUSE_MS = 10 * 60_000;
const MAX_WARNINGS_A_MINUTE = 5;

/** What protects members and the team from what is written in public. */
export function createGuard({ store, relay, settings, logger }: ForumOptions, { localeOf }: Contexts) {
  /** How many threads of a channel had such a line a moment ago. */
  async function warnedIn({ tx, channel }: ForumContext): Promise<number> {
    const { warned } = await tx
      .selectFrom('forum_posts')
      .innerJoin('public_threads', 'public_threads.id', 'forum_posts.thread_id')
      .select((eb) => eb.fn.countAll<number>().as('warned'))
      .where('public_threads.channel_id', '=', channel.id)
      .where('forum_posts.warned_at', '>', steadyNow() - 60_000)
      .executeTakeFirstOrThrow();
    return Number(warned);
  }

  return {
    /** Notices where more is posted than people do. Returns the context as it is then. */
    async noticeFlood(context: ForumContext): Promise<ForumContext> {
      const { tx, thread, channel, cause } = context;
      const { isFlood, first, posts } = await floodAt(tx, store, {
        channelId: channel.id,
        at: thread.opened_at,
      });
      if (!isFlood) return context;
      await changePost(tx, thread.id, { in_flood: 1 });
      if (first) {
        store.afterCommit(tx, () =>
          logger.warn(
            { channelId: channel.id, posts },
            'many posts at once in a channel that is served: each member gets one answer at most, and none is brought to the team by itself',
          ),
        );
        if (settings.moderatorsChannelId !== '')
          await relay.append(
            tx,
            forumTell(
              {
                channelId: settings.moderatorsChannelId,
                report: { is: 'flood', channelId: channel.id, posts },
                locale: await localeOf(tx, thread),
              },
              cause,
            ),
          );
      }
      return { ...context, post: { ...context.post, in_flood: 1 } };
    },

    /** Whether words hold what others should not read; their author is told, where the operator wants it. */
    async look(context: ForumContext, memberId: string, message: CanonicalMessage): Promise<void> {
      const { tx, thread, channel, post, cause } = context;
      if (settings.secrets === 'off' || channel.rule === 'watch' || channel.access !== 'open') return;
      const kinds = kindsIn(message.text);
      if (kinds.length === 0) return;
      const isRecent = post.warned_at !== null && post.warned_at > steadyNow() - WARNING_PAUSE_MS;
      const mayTellInThread =
        !isRecent && post.in_flood === 0 && (await warnedIn(context)) < MAX_WARNINGS_A_MINUTE;
      if (mayTellInThread) await changePost(tx, thread.id, { warned_at: steadyNow() });
      const locale = await localeOf(tx, thread);
      const remove = settings.secrets === 'remove';
      await relay.append(
        tx,
        forumSecret(
          { threadId: thread.id, messageId: message.id, memberId, kinds, locale, remove, mayTellInThread },
          cause,
        ),
      );
    },
  };
}

export type Guard = ReturnType<typeof createGuard>;
