import type { Store, Tx } from '../store/open.ts';

/** Something that the virtual agent was asked, and what it found. */
export interface Turn {
  question: string;
  /** `answer`: articles; `unsure`: articles with a doubt; `which`: asked which of them; `nothing`: found none. */
  said: 'answer' | 'unsure' | 'which' | 'nothing';
  /** Ids, best first. */
  articles: string[];
}

const LONGEST_QUESTION = 1_000;
/** Older ones say nothing of what is meant now. */
const MOST_TURNS = 12;

/** The last turns of a conversation, oldest first. */
export async function threadOf(db: Tx | Store['db'], conversationId: string): Promise<Turn[]> {
  const rows = await db
    .selectFrom('bot_turns')
    .select(['question', 'said', 'articles'])
    .where('conversation_id', '=', conversationId)
    .orderBy('id', 'desc')
    .limit(MOST_TURNS)
    .execute();
  return rows
    .reverse()
    .map(({ question, said, articles }) => ({ question, said, articles: JSON.parse(articles) as string[] }));
}

export async function rememberTurn(tx: Tx, conversationId: string, turn: Turn): Promise<void> {
  await tx
    .insertInto('bot_turns')
    .values({
      conversation_id: conversationId,
      question: turn.question.slice(0, LONGEST_QUESTION).toWellFormed(),
      said: turn.said,
      articles: JSON.stringify(turn.articles),
      at: Date.now(),
    })
    .execute();
}
