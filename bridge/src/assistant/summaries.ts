import type { Store, Tx } from '../store/open.ts';
import type { Texts } from '../texts/index.ts';
import { summaryOf } from './summary.ts';
import { threadOf } from './thread.ts';

export interface SummariesOptions {
  titleOf(articleId: string): string | undefined;
  /** In the language that agents read. */
  texts: Texts;
}

/** Sums up a conversation for the agent who takes over; see summary.ts. */
export function createSummaries({ titleOf, texts }: SummariesOptions) {
  return async (
    db: Tx | Store['db'],
    conversation: { id: string; topic: string | null; latest_text: string | null },
    member: { name: string; locale: string | null },
  ) =>
    summaryOf(
      {
        name: member.name,
        locale: member.locale,
        topic: conversation.topic,
        latest: conversation.latest_text,
        turns: await threadOf(db, conversation.id),
        titleOf,
      },
      texts,
    );
}

export type Summaries = ReturnType<typeof createSummaries>;
