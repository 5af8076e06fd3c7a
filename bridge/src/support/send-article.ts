import { recordLesson } from '../knowledge/feedback/lessons.ts';
import type { ArticleCard } from '../messages/notices.ts';
import { articleKey } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { Conversation } from './conversations.ts';
import { transcriptOf } from './notice-text.ts';
import { botMessage, noticeToMember } from './outgoing.ts';

/** An agent read the question and chose; whether it helped the member says, and only then anything is learned. */
const SENT = 0.5;

/** Sends an article to a member as a card; the transcript in Flex has it as well, and the bridge learns from it once it helped. */
export function createSendArticle({ store, relay }: { store: Store; relay: Relay }) {
  return (conversation: Conversation, article: ArticleCard, agentIdentity: string): Promise<void> =>
    store.transact(async (tx) => {
      const { id: conversationId, member_id: memberId } = conversation;
      await recordLesson(tx, {
        source: 'sent',
        articleId: article.id,
        question: conversation.matter_text ?? conversation.topic ?? '',
        weight: SENT,
        conversationId,
        actorIdentity: agentIdentity,
      });
      const key = articleKey(Bun.randomUUIDv7());
      const body = transcriptOf({ is: 'article', article }, null);
      await relay.append(
        tx,
        noticeToMember({ memberId, notice: { is: 'article', article } }, key),
        botMessage({ conversationId, body }, 'transcript', key),
      );
    });
}
