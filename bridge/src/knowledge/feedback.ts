import type { KnowledgeFeedback } from '@flexcord/shared/panel/knowledge';
import type { Store } from '../store/open.ts';
import { recordGap } from './gaps.ts';
import { languageOf } from './terms.ts';

/** Keeps what an agent thinks of an article for a question, or that none fits, which is a gap. */
export async function keepFeedback(
  store: Store,
  { query, articleId, verdict, conversationSid }: KnowledgeFeedback,
  agentIdentity: string,
): Promise<void> {
  await store.transact(async (tx) => {
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
    if (verdict !== 'none-fits') return;
    const conversation = await tx
      .selectFrom('conversations')
      .select(['id', 'member_id'])
      .where('twilio_sid', '=', conversationSid)
      .executeTakeFirst();
    await recordGap(tx, {
      question: query,
      language: languageOf(query),
      source: 'agent',
      memberId: conversation?.member_id,
      conversationId: conversation?.id,
    });
  });
}
