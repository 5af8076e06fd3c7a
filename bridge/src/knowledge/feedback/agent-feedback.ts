import type { KnowledgeFeedback } from '@flexcord/shared/panel/knowledge';
import { goneWordsOf, usable } from '../../messages/usable-words.ts';
import type { Store } from '../../store/open.ts';
import { languageOf } from '../text/terms.ts';
import { recordGap } from './knowledge-gaps.ts';
import { recordLesson } from './lessons.ts';

const THUMB_UP_WEIGHT = 1;
/** An article may be right and yet not for this member. */
const THUMB_DOWN_WEIGHT = -0.5;

/**
 * Keeps what an agent thinks of an article for a question, or that none fits, which is a gap. A thumb is learned from.
 * What the member has taken back of the question since it was shown is not kept.
 */
export async function recordFeedback(
  store: Store,
  { query: shown, articleId, verdict, conversationSid }: KnowledgeFeedback,
  agentIdentity: string,
): Promise<void> {
  await store.transact(async (tx) => {
    const conversation = await tx
      .selectFrom('conversations')
      .select(['id', 'member_id'])
      .where('twilio_sid', '=', conversationSid)
      .executeTakeFirst();
    const query = conversation ? usable(shown, await goneWordsOf(tx, conversation.member_id)) : shown;
    await tx
      .insertInto('knowledge_feedback')
      .values({
        query,
        article_id: articleId,
        verdict,
        conversation_sid: conversationSid,
        agent_identity: agentIdentity,
        at: Date.now(),
      })
      .execute();
    if (articleId !== null) {
      await recordLesson(tx, {
        source: 'thumb',
        articleId,
        question: query,
        weight: verdict === 'up' ? THUMB_UP_WEIGHT : THUMB_DOWN_WEIGHT,
        conversationId: conversation?.id,
        actorIdentity: agentIdentity,
      });
    }
    if (verdict !== 'none-fits') return;
    await recordGap(tx, {
      question: query,
      language: languageOf(query),
      source: 'agent',
      memberId: conversation?.member_id,
      conversationId: conversation?.id,
    });
  });
}
