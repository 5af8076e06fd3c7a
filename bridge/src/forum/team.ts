import type { Cases } from '../cases/cases.ts';
import type { EntryKey } from '../relay/keys.ts';
import type { Store, Tx } from '../store/open.ts';
import { changeThread, type PublicThread } from '../threads/threads.ts';

/** Why a thread is brought to the team. */
export type EscalationReason =
  /** Its author wants a person. */
  | { is: 'asked'; by: string }
  /** A moderator or an agent brings it. */
  | { is: 'brought'; by: string }
  /** Nobody answered for so long, in milliseconds. */
  | { is: 'unanswered'; forMs: number }
  /** The channel's rule says so. */
  | { is: 'rule' };

/** What is asked of the team's side. Both are called in the transaction that decides it, in the thread's lane. */
export interface Team {
  /** Brings a thread to the team. Nothing happens where it is with them. */
  escalate(tx: Tx, thread: PublicThread, reason: EscalationReason, cause: EntryKey): Promise<void>;
  /** The team need not answer any longer. `unlessAnswering`: not where somebody of the team does by now. */
  release(
    tx: Tx,
    thread: PublicThread,
    why: 'answered' | 'solved' | 'closed' | 'private',
    cause: EntryKey,
  ): Promise<void>;
}

/** Whether a thread is with the team. */
export async function isWithTeam(db: Tx | Store['db'], threadId: string): Promise<boolean> {
  const row = await db
    .selectFrom('conversations')
    .select('id')
    .where('thread_id', '=', threadId)
    .where('phase', '<>', 'closed')
    .executeTakeFirst();
  return row !== undefined;
}

export const linkOf = ({ guild_id, id }: Pick<PublicThread, 'guild_id' | 'id'>): string =>
  `https://discord.com/channels/${guild_id}/${id}`;

const MAX_TITLE_LENGTH = 120;
const MAX_QUOTE_LENGTH = 3_000;

/** A team that a thread reaches as a case with its link: agents answer it on Discord. */
export function casesAsTeam(cases: Pick<Cases, 'open'>): Team {
  return {
    async escalate(tx, thread) {
      if (thread.case_number !== null || thread.author_id === null) return;
      const origin = `thread:${thread.id}`;
      const before = await tx
        .selectFrom('case_origins')
        .select('case_number')
        .where('origin', '=', origin)
        .executeTakeFirst();
      if (before) return changeThread(tx, thread.id, { case_number: before.case_number });
      const quote = thread.question.slice(0, MAX_QUOTE_LENGTH).replace(/^/gm, '> ');
      const opened = await cases.open(
        tx,
        {
          ...{ memberId: thread.author_id, type: 'support', priority: 'normal', tags: [], fields: {} },
          ...{ conversationId: null, assignee: null },
          title: thread.title.trim().slice(0, MAX_TITLE_LENGTH) || linkOf(thread),
          description: `${quote}\n\n${linkOf(thread)}`,
        },
        { identity: null, name: thread.author_name, memberId: thread.author_id },
      );
      if (opened.is !== 'done') throw new Error(`a thread could not become a case: ${opened.is}`);
      const { number } = opened.case;
      await tx.insertInto('case_origins').values({ origin, case_number: number }).execute();
      await changeThread(tx, thread.id, { case_number: number });
    },
    release: async () => {},
  };
}
