import { findMessage } from '../messages/records.ts';
import { steadyNow } from '../store/clock.ts';
import type { ForumDesk, Speaker, ThreadEvent } from '../threads/desk.ts';
import { askedIn, type Contexts, digestOf, type ForumContext } from './context.ts';
import { answers, roleOf, solvedTagIn } from './decide.ts';
import type { Ending } from './ending.ts';
import { forumLook } from './entries.ts';
import type { Guard } from './guard.ts';
import { changeAnswer, forgetThread } from './learning.ts';
import type { ForumOptions } from './options.ts';
import { changePost, countPosts } from './posts.ts';
import type { Waiting } from './waiting.ts';

type Said = Extract<ThreadEvent, { is: 'opened' | 'continued' }>;

/** Decides what public threads are answered with; see ForumDesk. */
export function createDesk(
  { relay, guilds, team, virtualAgent, settings }: ForumOptions,
  { contextOf, say }: Contexts,
  { solve, reopen }: Ending,
  { bring, watchWaiting, watchStale }: Waiting,
  guard: Guard,
): ForumDesk {
  async function opened(first: ForumContext, { speaker, message }: Said): Promise<void> {
    const { rule } = first.channel;
    if (rule === 'watch') return;
    await changePost(first.tx, first.thread.id, { question_digest: digestOf(askedIn(first.thread)) });
    const context = await guard.noticeFlood(first);
    await guard.look(context, speaker.id, message);
    await watchStale(context);
    if (rule === 'person' && context.post.in_flood === 0 && !(await postedJustNow(context))) {
      await bring(context, { is: 'rule' });
      return;
    }
    await watchWaiting(context);
    if (answers(rule)) await lookUp(context, false);
  }

  const lookUp = ({ tx, thread, cause }: ForumContext, again: boolean) =>
    relay.append(tx, forumLook({ threadId: thread.id, again }, cause));

  /** Whether the same member's post was brought to the team by the rule a moment ago: one matter is often posted twice. */
  const postedJustNow = async ({ tx, thread }: ForumContext): Promise<boolean> =>
    (await countPosts(tx, thread.author_id, 'escalated_at', 60_000, thread.id)) > 0;

  async function continued(context: ForumContext, { speaker, message }: Said): Promise<void> {
    const { tx, thread, channel } = context;
    const isAuthor = speaker.id === thread.author_id;
    await changePost(tx, thread.id, {
      ...{ spoke_at: steadyNow(), reminded_at: null },
      ...(isAuthor ? {} : { latest_answer_id: message.id }),
    });
    await guard.look(context, speaker.id, message);
    if (channel.rule === 'watch') return;
    if (isAuthor) await authorWrote(context, message.text);
    else await otherWrote(context, speaker);
  }

  async function authorWrote(context: ForumContext, text: string): Promise<void> {
    const { thread, post } = context;
    const isThanks = virtualAgent.isFarewell(text);
    if (thread.state !== 'open') {
      // Thanks are no reason to open it again.
      if (isThanks || text.trim() === '') return;
      const now = await reopen(context);
      await watchStale(now);
      await watchWaiting(now);
      return;
    }
    if (isThanks && post.latest_answer_id !== null && post.asked_whether_solved === 0)
      return askWhetherSolved(context);
    await watchWaiting(context);
  }

  async function askWhetherSolved(context: ForumContext): Promise<void> {
    const { tx, thread, post } = context;
    const answer = post.latest_answer_id === null ? undefined : await findMessage(tx, post.latest_answer_id);
    if (!answer || answer.deleted_at !== null) return;
    await changePost(tx, thread.id, { asked_whether_solved: 1 });
    await say(context, { is: 'ask-solved', messageId: answer.id, name: answer.author_name }, answer.id);
  }

  async function otherWrote(context: ForumContext, speaker: Speaker): Promise<void> {
    const { tx, thread, cause } = context;
    // Whoever answers what was closed without an answer opens it again; what is solved stays so.
    if (thread.state === 'closed' && thread.duplicate_of === null) {
      await watchStale(await reopen(context, { silent: true }));
      return;
    }
    const guild = await guilds.find(thread.guild_id, tx);
    const roleIds = speaker.roles ?? [];
    const moderatorRole = guild?.moderator_role_id;
    const isModerator =
      speaker.moderates === true || (moderatorRole != null && roleIds.includes(moderatorRole));
    const role = roleOf(speaker.id, thread, { isModerator, roleIds, helperRoles: settings.helperRoles });
    if (role === 'moderator') await team.release(tx, thread, 'answered', cause);
  }

  /** The question is another now: it is looked up once more, and no more than once. */
  async function lookAgain(context: ForumContext): Promise<void> {
    const { tx, thread, channel, post } = context;
    const digest = digestOf(askedIn(thread));
    const isOut = thread.adopted || thread.state !== 'open' || post.looked_again === 1;
    if (isOut || !answers(channel.rule) || digest === post.question_digest) return;
    await changePost(tx, thread.id, { looked_again: 1, question_digest: digest });
    await lookUp(context, true);
  }

  async function edited(context: ForumContext, event: Extract<ThreadEvent, { is: 'edited' }>): Promise<void> {
    const { tx, thread } = context;
    const known = await findMessage(tx, event.message.id);
    if (known) await guard.look(context, known.member_id, event.message);
    if (event.message.id === thread.solution_id) await changeAnswer(tx, thread.id, event.message.text);
    if (event.isQuestion) await lookAgain(context);
  }

  /** People give and take the solved tag by hand, too. */
  async function tagged(
    context: ForumContext,
    { from, to }: { from: string[]; to: string[] },
  ): Promise<void> {
    const { thread, channel } = context;
    const tag = solvedTagIn(channel.tags, settings.solvedTag);
    if (!tag || channel.rule === 'watch') return;
    const [had, has] = [from.includes(tag.id), to.includes(tag.id)];
    const by = { id: null, name: thread.author_name, role: 'moderator' } as const;
    if (!had && has && thread.state === 'open') await solve(context, null, by, { silent: true });
    if (had && !has && thread.state === 'solved') await watchStale(await reopen(context, { silent: true }));
  }

  return {
    async heard(tx, { id, access }, event, cause) {
      if (event.is === 'thread' && event.to === 'deleted') await forgetThread(tx, id);
      if (access === 'deleted') return;
      const context = await contextOf(tx, id, cause);
      if (!context) return;
      switch (event.is) {
        case 'opened':
          return opened(context, event);
        case 'continued':
          return continued(context, event);
        case 'edited':
          return edited(context, event);
        case 'words-gone':
          if (event.isQuestion || event.messageId === context.thread.solution_id) await forgetThread(tx, id);
          return;
        case 'titled':
          return lookAgain(context);
        case 'tagged':
          return tagged(context, event);
        case 'thread':
        case 'channel':
          return;
      }
    },
  };
}
