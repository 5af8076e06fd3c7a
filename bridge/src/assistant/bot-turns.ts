import { truncate } from '@flexcord/shared/messages/truncate';
import type { Store, Tx } from '../store/open.ts';

/** Something that the virtual agent was asked, and what it found. */
export interface BotTurn {
  question: string;
  /** `answer`: articles; `unsure`: articles with a doubt; `which`: asked which of them; `nothing`: found none. */
  said: 'answer' | 'unsure' | 'which' | 'nothing';
  /** Ids, best first. */
  articles: string[];
}

const MAX_QUESTION_LENGTH = 1_000;
/** Older ones say nothing of what is meant now. */
const MAX_TURNS = 12;

/** The last turns of a conversation, oldest first. */
export async function botTurnsOf(db: Tx | Store['db'], conversationId: string): Promise<BotTurn[]> {
  const rows = await db
    .selectFrom('bot_turns')
    .select(['question', 'said', 'articles'])
    .where('conversation_id', '=', conversationId)
    .orderBy('id', 'desc')
    .limit(MAX_TURNS)
    .execute();
  return rows
    .reverse()
    .map(({ question, said, articles }) => ({ question, said, articles: JSON.parse(articles) as string[] }));
}

export async function recordBotTurn(tx: Tx, conversationId: string, turn: BotTurn): Promise<void> {
  await tx
    .insertInto('bot_turns')
    .values({
      conversation_id: conversationId,
      question: truncate(turn.question, MAX_QUESTION_LENGTH),
      said: turn.said,
      articles: JSON.stringify(turn.articles),
      at: Date.now(),
    })
    .execute();
}
