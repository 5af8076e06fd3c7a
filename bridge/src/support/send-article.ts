import { recordLesson } from '../knowledge/feedback/lessons.ts';
import type { Store } from '../store/open.ts';
import type { Conversation } from './conversations.ts';
import { discordLane, twilioLane } from './entries.ts';
import { transcriptOf } from './notice-text.ts';
import type { ArticleCard } from './notices.ts';
import type { Notifier } from './notify-member.ts';

/** An agent read the question and chose; whether it helped is not known. */
const SENT = 0.5;

/** Sends an article to a member as a card; the transcript in Flex has it as well, and the bridge learns from it. */
export function createSendArticle({ store, tell }: { store: Store; tell: Notifier }) {
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
      const cause = `article:${Bun.randomUUIDv7()}`;
      await tell.send(
        tx,
        {
          lane: discordLane(memberId),
          key: cause,
          kind: 'discord.notice',
          payload: { memberId, notice: { is: 'article', article } },
        },
        {
          lane: twilioLane(conversationId),
          key: `transcript:${cause}`,
          kind: 'twilio.bot-message',
          payload: { conversationId, body: transcriptOf({ is: 'article', article }, null) },
        },
      );
    });
}
