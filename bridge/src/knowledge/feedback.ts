import type { KnowledgeFeedback } from '@flexcord/shared/panel/knowledge';
import type { Store } from '../store/open.ts';

/** Keeps what an agent thinks of an article for a question, or that none fits. */
export async function keepFeedback(
  store: Store,
  { query, articleId, verdict, conversationSid }: KnowledgeFeedback,
  agentIdentity: string,
): Promise<void> {
  await store.db
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
}
