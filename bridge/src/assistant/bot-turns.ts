import { truncate } from '@flexcord/shared/messages/truncate';
import type { Store, Tx } from '../store/open.ts';

/** Something that the virtual agent was asked, and what it found. */
export interface BotTurn {
  question: string;
  /** `answer`: articles; `unsure`: articles with a doubt; `which`: asked which of them; `nothing`: found none; `incident`: what is known of what many ask. */
  said: 'answer' | 'unsure' | 'which' | 'nothing' | 'incident';
  /** Ids, best first. */
  articles: string[];
  /** Ids of what the member has said no to, up to this turn; it is not shown again. */
  refused?: string[];
}

const MAX_QUESTION_LENGTH = 1_000;
/** Older ones say nothing of what is meant now. */
const MAX_TURNS = 12;

/** The last turns of a conversation, oldest first. */
export async function botTurnsOf(db: Tx | Store['db'], conversationId: string): Promise<BotTurn[]> {
  const rows = await db
    .selectFrom('bot_turns')
    .select(['question', 'said', 'articles', 'refused'])
    .where('conversation_id', '=', conversationId)
    .orderBy('id', 'desc')
    .limit(MAX_TURNS)
    .execute();
  return rows.reverse().map(({ question, said, articles, refused }) => ({
    question,
    said,
    articles: JSON.parse(articles) as string[],
    refused: JSON.parse(refused) as string[],
  }));
}

export async function recordBotTurn(tx: Tx, conversationId: string, turn: BotTurn): Promise<void> {
  await tx
    .insertInto('bot_turns')
    .values({
      conversation_id: conversationId,
      question: truncate(turn.question, MAX_QUESTION_LENGTH),
      said: turn.said,
      articles: JSON.stringify(turn.articles),
      refused: JSON.stringify(turn.refused ?? []),
      at: Date.now(),
    })
    .execute();
}
