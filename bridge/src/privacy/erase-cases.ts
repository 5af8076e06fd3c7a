import type { CaseEventKind } from '@flexcord/shared/panel/case';
import { reindexCase } from '../cases/case-writer.ts';
import { inRedaction } from '../cases/words.ts';
import { ERASED_MEMBER_ID } from '../members/erased.ts';
import { forgetCase } from '../store/case-search.ts';
import type { Store, Tx } from '../store/open.ts';

/** Words and names that stand where a member was. */
export interface ErasedWords {
  member: string;
  case: string;
}

/** Entries of a timeline whose text says what the bridge did, in its own words. */
const WITHOUT_WORDS: readonly CaseEventKind[] = ['status', 'assigned', 'merged', 'unmerged', 'check-in'];

/**
 * Takes a member's own cases away. One in which others take part, by a card in a server, votes, followers or duplicates,
 * stays with its number, status and votes, and without words and names.
 */
export async function eraseCases(
  store: Store,
  tx: Tx,
  numbers: readonly number[],
  memberId: string,
  words: ErasedWords,
): Promise<{ deleted: number; kept: number; cards: number[] }> {
  let [deleted, kept] = [0, 0];
  const cards: number[] = [];
  for (const number of numbers) {
    for (const table of ['case_messages', 'case_origins', 'webhook_deliveries'] as const)
      await tx.deleteFrom(table).where('case_number', '=', number).execute();
    await tx
      .updateTable('conversations')
      .set({ case_number: null })
      .where('case_number', '=', number)
      .execute();
    if (await isShared(tx, number, memberId)) {
      await emptyCase(store, tx, number, { title: words.case, member_id: ERASED_MEMBER_ID });
      cards.push(number);
      kept += 1;
    } else {
      await deleteCase(store, tx, number);
      deleted += 1;
    }
  }
  return { deleted, kept, cards };
}

/** Whether others take part in a case. */
async function isShared(tx: Tx, number: number, memberId: string): Promise<boolean> {
  const card = await tx
    .selectFrom('case_cards')
    .select('case_number')
    .where('case_number', '=', number)
    .executeTakeFirst();
  if (card) return true;
  for (const table of ['case_votes', 'case_followers'] as const) {
    const other = await tx
      .selectFrom(table)
      .select('member_id')
      .where('case_number', '=', number)
      .where('member_id', '<>', memberId)
      .limit(1)
      .executeTakeFirst();
    if (other) return true;
  }
  const duplicate = await tx
    .selectFrom('cases')
    .select('number')
    .where('merged_into', '=', number)
    .where('member_id', '<>', memberId)
    .limit(1)
    .executeTakeFirst();
  return duplicate !== undefined;
}

/** Deletes a case with all that belongs to it. */
export async function deleteCase(store: Store, tx: Tx, number: number): Promise<void> {
  await inRedaction(tx, number, () =>
    tx.deleteFrom('case_events').where('case_number', '=', number).execute(),
  );
  for (const table of [
    'case_tags',
    'case_votes',
    'case_followers',
    'case_messages',
    'case_cards',
    'case_origins',
    'webhook_deliveries',
  ] as const)
    await tx.deleteFrom(table).where('case_number', '=', number).execute();
  await tx
    .updateTable('conversations')
    .set({ case_number: null })
    .where('case_number', '=', number)
    .execute();
  await tx.updateTable('cases').set({ merged_into: null }).where('merged_into', '=', number).execute();
  await forgetCase(store, tx, number);
  await tx.deleteFrom('cases').where('number', '=', number).execute();
}

/** Takes the words of a case away, and leaves its number, status and figures. `now` is what it says from then on. */
export async function emptyCase(
  store: Store,
  tx: Tx,
  number: number,
  now: { title: string; member_id?: string },
): Promise<void> {
  await inRedaction(tx, number, async () => {
    await tx
      .deleteFrom('case_events')
      .where('case_number', '=', number)
      .where('kind', 'in', ['comment', 'note', 'message', 'conversation'])
      .execute();
    await tx
      .updateTable('case_events')
      .set({ text: '', detail: null })
      .where('case_number', '=', number)
      .where('kind', 'not in', [...WITHOUT_WORDS])
      .execute();
  });
  const row = await tx
    .updateTable('cases')
    .set((eb) => ({
      conversation_id: null,
      ...now,
      description: '',
      fields: '{}',
      rating_comment: null,
      version: eb('version', '+', 1),
    }))
    .where('number', '=', number)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (row.deleted_at === null) await reindexCase(store, tx, row);
}

/** Gives a case another title, also in its timeline, and leaves everything else. */
export async function retitleCase(store: Store, tx: Tx, number: number, title: string): Promise<void> {
  await inRedaction(tx, number, () =>
    tx
      .updateTable('case_events')
      .set({ text: '', detail: null })
      .where('case_number', '=', number)
      .where('kind', 'in', ['created', 'changed'])
      .execute(),
  );
  const row = await tx
    .updateTable('cases')
    .set((eb) => ({ title, version: eb('version', '+', 1) }))
    .where('number', '=', number)
    .returningAll()
    .executeTakeFirst();
  await tx.deleteFrom('webhook_deliveries').where('case_number', '=', number).execute();
  if (row && row.deleted_at === null) await reindexCase(store, tx, row);
}

/** Takes away what a member did around cases: votes, following, and their name in timelines and linked messages. */
export async function eraseTraces(
  tx: Tx,
  memberId: string,
  name: string | null,
  words: ErasedWords,
): Promise<{ votes: number; followed: number; entries: number; cards: number[] }> {
  const votes = await tx
    .deleteFrom('case_votes')
    .where('member_id', '=', memberId)
    .returning('case_number')
    .execute();
  for (const { case_number } of votes) {
    await tx
      .updateTable('cases')
      .set((eb) => ({ votes: eb('votes', '-', 1) }))
      .where('number', '=', case_number)
      .where('votes', '>', 0)
      .execute();
  }
  const followed = await tx
    .deleteFrom('case_followers')
    .where('member_id', '=', memberId)
    .returning('case_number')
    .execute();
  const acted = await tx
    .selectFrom('case_events')
    .select(['id', 'case_number', 'kind'])
    .where('actor_member_id', '=', memberId)
    .execute();
  for (const { id, case_number, kind } of acted) {
    await inRedaction(tx, case_number, () =>
      tx
        .updateTable('case_events')
        .set({
          actor_member_id: null,
          actor_name: words.member,
          ...(WITHOUT_WORDS.includes(kind) ? {} : { text: '', detail: null }),
        })
        .where('id', '=', id)
        .execute(),
    );
  }
  const linked = await tx
    .updateTable('case_messages')
    .set({ author_id: null, author_name: words.member, quote: '' })
    // An earlier version kept the name alone.
    .where((eb) =>
      eb.or([
        eb('author_id', '=', memberId),
        eb.and([eb('author_id', 'is', null), eb('author_name', '=', name ?? '')]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return {
    votes: votes.length,
    followed: followed.length,
    entries: acted.length + Number(linked.numUpdatedRows),
    cards: [...votes, ...followed].map(({ case_number }) => case_number),
  };
}
