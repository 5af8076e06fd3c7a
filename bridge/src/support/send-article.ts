import type { Store } from '../store/open.ts';
import type { Conversation } from './conversations.ts';
import { discordLane, twilioLane } from './entries.ts';
import type { ArticleCard } from './notices.ts';
import type { Tell } from './tell.ts';
import { transcriptOf } from './transcript.ts';

/** Sends an article to a member as a card; the transcript in Flex has it as well. */
export function createSendArticle({ store, tell }: { store: Store; tell: Tell }) {
  return (conversation: Conversation, article: ArticleCard): Promise<void> =>
    store.transact(async (tx) => {
      const { id: conversationId, member_id: memberId } = conversation;
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
