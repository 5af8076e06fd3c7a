import { foldForSearch } from '@flexcord/shared/messages/fold';
import type { Insertable, Selectable } from 'kysely';
import { compareSnowflakes } from '../messages/snowflake.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import { firstOf, prepared, preparedByColumns } from '../store/prepared.ts';
import type { AnsweredBy, PublicThreadsTable, ThreadAccess } from '../store/schema.ts';

type Row = Selectable<PublicThreadsTable>;

/** A thread of a served channel, as far as it is heard. */
export type PublicThread = Omit<Row, 'tags' | 'adopted'> & {
  /** Ids of its tags. */
  tags: string[];
  /** It was there before its channel was served. */
  adopted: boolean;
};

/** What Discord says of a thread. */
export interface ThreadFacts {
  id: string;
  guildId: string;
  channelId: string;
  authorId: string;
  title: string;
  tags: string[];
  access: ThreadAccess;
  slowMs: number;
  /** When it was made, in milliseconds since the epoch. */
  openedAt: number;
  /** The latest message in it; null where there is none. */
  lastMessageId: string | null;
}

const byId = prepared<{ id: string }, Row>((db, value) =>
  db.selectFrom('public_threads').selectAll().where('id', '=', value('id')),
);
const lockedById = prepared<{ id: string }, Row>((db, value, { locked }) =>
  locked(db.selectFrom('public_threads').selectAll().where('id', '=', value('id'))),
);
type Change = Omit<Row, 'id' | 'guild_id' | 'channel_id' | 'opened_at'>;
const update = preparedByColumns<Change, { id: string }>((db, columns, value) =>
  db.updateTable('public_threads').set(columns).where('id', '=', value('id')),
);

const read = ({ tags, adopted, ...rest }: Row): PublicThread => ({
  ...rest,
  tags: JSON.parse(tags) as string[],
  adopted: adopted === 1,
});

/** What may be changed of a thread; `tags` as a list. */
export type ThreadChange = Partial<
  Omit<Change, 'tags' | 'adopted' | 'search_title' | 'changed_at'> & { tags: string[] }
>;

/** A public thread; undefined for any other channel. */
export async function findThread(db: Store['db'] | Tx, id: string): Promise<PublicThread | undefined> {
  const row = await firstOf(byId(db, { id }));
  return row && read(row);
}

/** As `findThread`, its row locked until the end of the transaction. */
export async function lockThread(tx: Tx, id: string): Promise<PublicThread | undefined> {
  const row = await firstOf(lockedById(tx, { id }));
  return row && read(row);
}

/** Writes down what becomes of a thread. Whoever decides on it holds its lane. */
export async function changeThread(tx: Tx, id: string, { tags, ...change }: ThreadChange): Promise<void> {
  const words = ['title', 'question', 'author_name'] as const;
  const plain = Object.fromEntries(
    words.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name].toWellFormed()]])),
  );
  await update(
    tx,
    {
      ...change,
      ...plain,
      ...(change.title === undefined ? {} : { search_title: foldForSearch(change.title) }),
      ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
      changed_at: steadyNow(),
    },
    { id },
  );
}

/**
 * Writes down a thread that is seen for the first time; nothing where it is known. One that was there before its channel was
 * served is adopted: what it holds already is heard of nobody.
 */
export async function addThread(tx: Tx, facts: ThreadFacts, adopted: boolean): Promise<void> {
  const { id, guildId, channelId, authorId, title, tags, access, slowMs, openedAt, lastMessageId } = facts;
  const row: Insertable<PublicThreadsTable> = {
    ...{ id, guild_id: guildId, channel_id: channelId, author_id: authorId, title: title.toWellFormed() },
    search_title: foldForSearch(title),
    ...{ tags: JSON.stringify(tags), access, adopted: adopted ? 1 : 0, slow_ms: slowMs },
    // In a forum the first message has the thread's own id, so it is heard by reading on from the one before.
    cursor: adopted ? (lastMessageId ?? id) : String(BigInt(id) - 1n),
    ...{ waiting_since: null, answered_by: null, answered_at: null, answer_id: null, answerer_id: null },
    ...{ solution_id: null, solved_by: null, solved_at: null, case_number: null, duplicate_of: null },
    ...{ assignee_identity: null, assignee_name: null },
    ...{ question_id: null, opened_at: openedAt, changed_at: steadyNow() },
  };
  await tx
    .insertInto('public_threads')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Notes how far a thread is heard. A cursor never goes back, since what comes twice may be older than what is heard already. */
export async function moveThreadCursor(tx: Tx, id: string, messageId: string): Promise<void> {
  const known = await findThread(tx, id);
  if (!known || compareSnowflakes(known.cursor, messageId) >= 0) return;
  await tx.updateTable('public_threads').set({ cursor: messageId }).where('id', '=', id).execute();
}

/** Notes that somebody has answered first, unless that is known. */
export async function noteAnswer(
  tx: Tx,
  thread: Pick<PublicThread, 'id' | 'answered_at'>,
  answer: { by: AnsweredBy; messageId: string | null; memberId: string | null },
): Promise<void> {
  const first =
    thread.answered_at === null
      ? {
          answered_by: answer.by,
          answered_at: steadyNow(),
          answer_id: answer.messageId,
          answerer_id: answer.memberId,
        }
      : {};
  await changeThread(tx, thread.id, { ...first, waiting_since: null });
}

/** Threads of a server that are there as far as was heard, or those of a channel. */
export async function knownThreads(
  { db }: Store,
  where: { guildId: string } | { channelId: string },
): Promise<PublicThread[]> {
  const rows = await db
    .selectFrom('public_threads')
    .selectAll()
    .where('access', '<>', 'deleted')
    .$call((query) =>
      'guildId' in where
        ? query.where('guild_id', '=', where.guildId)
        : query.where('channel_id', '=', where.channelId),
    )
    .orderBy('id')
    .execute();
  return rows.map(read);
}

/** Whether the team is at work on a thread. */
export async function isWithTeam({ db }: Store, id: string): Promise<boolean> {
  const open = await db
    .selectFrom('conversations')
    .select('id')
    .where('thread_id', '=', id)
    .where('phase', '<>', 'closed')
    .executeTakeFirst();
  return open !== undefined;
}

/** Ids of the threads whose conversation with the team is open. */
export async function threadsWithTeam({ db }: Store): Promise<string[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('thread_id')
    .where('thread_id', 'is not', null)
    .where('phase', '<>', 'closed')
    .execute();
  return rows.flatMap(({ thread_id }) => thread_id ?? []);
}

/** The address of a thread, for people. */
export const threadLink = ({ guild_id, id }: Pick<PublicThread, 'guild_id' | 'id'>): string =>
  `https://discord.com/channels/${guild_id}/${id}`;
