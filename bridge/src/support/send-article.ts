import { recordLesson } from '../knowledge/feedback/lessons.ts';
import type { ArticleCard } from '../messages/notices.ts';
import { articleKey } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import { addressOf, type Conversation } from './conversations.ts';
import { transcriptOf } from './notice-text.ts';
import { botMessage, noticeToMember } from './outgoing.ts';

/** An agent read the question and chose; whether it helped the member says, and only then anything is learned. */
const SENT = 0.5;

/**
 * Sends an article to a member as a card under the agent's name; the transcript in Flex has it as the agent's message, and
 * the bridge learns from it once it helped.
 */
export function createSendArticle({ store, relay }: { store: Store; relay: Relay }) {
  return (
    conversation: Conversation,
    article: ArticleCard,
    agent: { identity: string; name: string },
  ): Promise<void> =>
    store.transact(async (tx) => {
      const conversationId = conversation.id;
      await recordLesson(tx, {
        source: 'sent',
        articleId: article.id,
        question: conversation.matter_text ?? conversation.topic ?? '',
        weight: SENT,
        conversationId,
        actorIdentity: agent.identity,
      });
      const key = articleKey(Bun.randomUUIDv7());
      const notice = { is: 'article', article, by: agent.name } as const;
      await relay.append(
        tx,
        noticeToMember({ ...addressOf(conversation), notice }, key),
        botMessage(
          { conversationId, body: transcriptOf(notice, null), author: agent.identity },
          'transcript',
          key,
        ),
      );
    });
}
