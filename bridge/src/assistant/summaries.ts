import type { Store, Tx } from '../store/open.ts';
import type { Texts } from '../texts/index.ts';
import { botTurnsOf } from './memory.ts';
import { summaryOf } from './summary.ts';

export interface SummariesOptions {
  titleOf(articleId: string): string | undefined;
  /** What was asked and has no answer yet, oldest first. */
  unansweredYet(db: Tx | Store['db'], conversation: Unanswered): Promise<string[]>;
  /** In the language that agents read. */
  texts: Texts;
}

/** A conversation, as far as it tells what has no answer yet. */
export interface Unanswered {
  id: string;
  /** What the virtual agent has not been asked yet. */
  turn_text: string | null;
}

/** Sums up a conversation for the agent who takes over; see summary.ts. */
export function createSummaries({ titleOf, unansweredYet, texts }: SummariesOptions) {
  return async (
    db: Tx | Store['db'],
    conversation: Unanswered & { topic: string | null; latest_text: string | null },
    member: { name: string; locale: string | null },
  ) =>
    summaryOf(
      {
        name: member.name,
        locale: member.locale,
        topic: conversation.topic,
        pending: await unansweredYet(db, conversation),
        latest: conversation.latest_text,
        turns: await botTurnsOf(db, conversation.id),
        titleOf,
      },
      texts,
    );
}

export type Summaries = ReturnType<typeof createSummaries>;
