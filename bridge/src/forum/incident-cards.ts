import type { IncidentNotice } from '@flexcord/shared/panel/incident';
import { inLanguage } from '../incidents/notice.ts';
import type { EntryKey } from '../relay/keys.ts';
import { steadyNow } from '../store/clock.ts';
import type { Tx } from '../store/open.ts';
import { noteAnswer } from '../threads/threads.ts';
import type { Contexts, ForumContext } from './context.ts';
import { changePost } from './posts.ts';

/** What is said in threads of an incident that they belong to. */
export function createIncidentCards({ contextOf, localeOf, say, maySay, mayAskTeam }: Contexts) {
  const offerOf = (number: number) => `incident:${number}`;

  /** Says what is known, once in a thread. Returns whether it is on its way. */
  async function sayKnown(
    context: ForumContext,
    { number, notice }: { number: number; notice: IncidentNotice },
  ): Promise<boolean> {
    const { tx, thread, post } = context;
    if (post.offers.includes(offerOf(number)) || !maySay(context)) return false;
    const words = inLanguage(notice, await localeOf(tx, thread));
    if (!(await say(context, { is: 'incident', ...words, mayAskTeam: await mayAskTeam(context) })))
      return false;
    await changePost(tx, thread.id, {
      offers: [...post.offers, offerOf(number)],
      said: 'answer',
      shown_at: steadyNow(),
    });
    if (thread.answered_by === null)
      await noteAnswer(tx, thread, { by: 'virtual-agent', messageId: null, memberId: null });
    return true;
  }

  return {
    sayKnown,

    /** Says something of an incident in a thread; nothing where the rule is to watch, or where the bot may not. */
    async sayOf(
      tx: Tx,
      threadId: string,
      what: { is: 'known' | 'over'; number: number; notice: IncidentNotice },
      cause: EntryKey,
    ): Promise<boolean> {
      const context = await contextOf(tx, threadId, cause);
      if (!context || context.channel.rule === 'watch' || !maySay(context)) return false;
      if (what.is === 'known') return context.thread.state === 'open' && sayKnown(context, what);
      const words = inLanguage(what.notice, await localeOf(tx, context.thread));
      return say(context, { is: 'incident-over', ...words });
    },
  };
}

export type IncidentCards = ReturnType<typeof createIncidentCards>;
