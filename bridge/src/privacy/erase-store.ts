import { sql } from 'kysely';
import { forgetMember } from '../forum/learning.ts';
import { ensureErasedMember } from '../members/erased.ts';
import { forgetChannel } from '../messages/forgotten-channels.ts';
import { snowflakeAt } from '../messages/snowflake.ts';
import type { Store, Tx } from '../store/open.ts';
import { deleteConversations } from './delete-conversations.ts';
import { type ErasedWords, eraseCases, eraseTraces, retitleCase } from './erase-cases.ts';
import { chunksOf, type Held, isWithTeam, journalMarks, readHeld, sidsOf } from './held.ts';

/** What was taken away, by kind. */
export type Counts = Record<string, number>;

export interface ErasedStore {
  is: 'done';
  counts: Counts;
  /** Cases whose cards show something else now. */
  cards: number[];
}

/** Why nothing was changed. */
export type NotErased =
  /** The member talks with the team. */
  | { is: 'with-team' }
  /** A bridge works on something of the member's at this moment. */
  | { is: 'busy' }
  /** The member has a conversation on Twilio that was not erased there yet. */
  | { is: 'new-conversation' };

/**
 * Takes everything about a member out of the store, in one transaction. `erasedSids`: the Twilio conversations that are
 * erased there. A bridge may run meanwhile: what it works on at the moment is waited for by whoever calls again.
 */
export function eraseFromStore(
  store: Store,
  memberId: string,
  {
    channels,
    erasedSids,
    words,
    record,
  }: {
    channels: readonly string[];
    erasedSids: ReadonlySet<string>;
    words: ErasedWords;
    /** What is kept of the erasure, in the same transaction, until the cards of these cases are rewritten. */
    record(counts: Counts, cards: number[]): string;
  },
): Promise<ErasedStore | NotErased> {
  return store.transact(async (tx): Promise<ErasedStore | NotErased> => {
    await store.lockRow(tx.selectFrom('members').select('id').where('id', '=', memberId)).executeTakeFirst();
    const held = await readHeld(tx, memberId);
    if (isWithTeam(held)) return { is: 'with-team' };
    if (sidsOf(held).some((sid) => !erasedSids.has(sid))) return { is: 'new-conversation' };
    if (await isWorkedOn(store, tx, held)) return { is: 'busy' };
    const counts: Counts = {};
    const count = (kind: string, result: { numDeletedRows: bigint } | number) => {
      const number = typeof result === 'number' ? result : Number(result.numDeletedRows);
      if (number > 0) counts[kind] = (counts[kind] ?? 0) + number;
    };
    count('journal', await eraseJournal(tx, held));
    await ensureErasedMember(tx, words.member);
    const cases = await eraseCases(store, tx, held.cases, memberId, words);
    count('cases', cases.deleted);
    count('casesKept', cases.kept);
    const traces = await eraseTraces(tx, memberId, held.member?.name ?? null, words);
    count('votes', traces.votes);
    count('followed', traces.followed);
    count('caseEntries', traces.entries);
    for (const conversations of chunksOf(held.conversations))
      for (const [kind, number] of Object.entries(await deleteConversations(tx, conversations)))
        count(kind, number);
    count('posts', await erasePosts(tx, memberId, words));
    count('solvedPosts', await forgetMember(tx, memberId));
    count('incidents', await eraseFromIncidents(store, tx, memberId, words));
    for (const table of ['messages', 'reactions', 'member_notes', 'thread_speakers'] as const)
      count(table, await tx.deleteFrom(table).where('member_id', '=', memberId).executeTakeFirstOrThrow());
    count(
      'knowledge_gaps',
      await tx.deleteFrom('knowledge_gaps').where('member_id', '=', memberId).executeTakeFirstOrThrow(),
    );
    count('members', await tx.deleteFrom('members').where('id', '=', memberId).executeTakeFirstOrThrow());
    for (const channel of channels) await forgetChannel(tx, channel, snowflakeAt(Date.now()));
    const cards = [...new Set([...cases.cards, ...traces.cards])];
    await tx
      .updateTable('erasures')
      .set({ counts: record(counts, cards) })
      .where('member_id', '=', memberId)
      .execute();
    return { is: 'done', counts, cards };
  });
}

/** What the member asked in public. That somebody asked something stays, for the figures; what, and who, does not. */
async function erasePosts(tx: Tx, memberId: string, words: ErasedWords): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('public_threads')
    .set({ author_id: null, author_name: words.member, title: words.case, search_title: '', question: '' })
    .where('author_id', '=', memberId)
    .executeTakeFirstOrThrow();
  for (const column of ['answerer_id', 'solved_by'] as const)
    await tx
      .updateTable('public_threads')
      .set({ [column]: null })
      .where(column, '=', memberId)
      .execute();
  return Number(numUpdatedRows);
}

/** That somebody asked stays, for the figures; who did goes, and the title of an incident that is made of their words. */
async function eraseFromIncidents(
  store: Store,
  tx: Tx,
  memberId: string,
  words: ErasedWords,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('incident_reports')
    .set({ member_id: null })
    .where('member_id', '=', memberId)
    .executeTakeFirstOrThrow();
  const named = await tx
    .updateTable('incidents')
    // What was published is the words of whoever published it.
    .set({ words_of: null })
    .where('words_of', '=', memberId)
    .returning('case_number')
    .execute();
  for (const { case_number } of named) await retitleCase(store, tx, Number(case_number), words.case);
  return Number(numUpdatedRows);
}

const lanesOf = (tx: Tx, { memberId, conversations, cases }: Held) => {
  const marks = [memberId, ...conversations.map(({ id }) => id)];
  return tx
    .selectFrom('lanes')
    .select('name')
    .where((eb) =>
      eb.or([
        ...marks.map((mark) => eb('name', 'like', `%${mark}%`)),
        eb('name', 'in', ['', ...cases.flatMap((number) => [`card:${number}`, `followers:${number}`])]),
      ]),
    );
};

/**
 * Whether a bridge has something of the member's in its hands. On a server one that was killed lets go when its lease is
 * over; the one bridge of an embedded store renews none, and may take longer than a lease.
 */
async function isWorkedOn(store: Store, tx: Tx, held: Held): Promise<boolean> {
  if (!store.hasOwners()) return false;
  const owned = await lanesOf(tx, held)
    .where('owner', 'is not', null)
    .$if(store.isShared, (query) => query.where('lease_until', '>', store.now()))
    .limit(1)
    .executeTakeFirst();
  return owned !== undefined;
}

/** Entries that hold the member's id, or that of a conversation or a case of theirs, in whatever part. */
async function eraseJournal(tx: Tx, held: Held): Promise<number> {
  let deleted = 0;
  for (const marks of chunksOf(journalMarks(held), 50)) {
    const result = await tx
      .deleteFrom('journal')
      .where((eb) =>
        eb.or(
          marks.flatMap((mark) =>
            (['payload', 'key', 'lane', 'progress', 'error'] as const).map((column) =>
              eb(column, 'like', `%${mark}%`),
            ),
          ),
        ),
      )
      .executeTakeFirstOrThrow();
    deleted += Number(result.numDeletedRows);
  }
  await tx
    .deleteFrom('lanes')
    .where('name', 'in', lanesOf(tx, held))
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('journal').select('id').whereRef('journal.lane', '=', 'lanes.name'))),
    )
    .execute();
  return deleted;
}

/**
 * SQLite keeps deleted words in its search index until it merges it, and in its write-ahead log until that is written over,
 * which may take weeks: both are emptied here. The log is left as it is where somebody reads the store all the time.
 */
export async function cleanFile(store: Store): Promise<void> {
  if (store.dialect.name !== 'sqlite') return;
  await sql`insert into case_search(case_search) values ('optimize')`.execute(store.db);
  await sql`pragma wal_checkpoint(truncate)`.execute(store.db);
}
