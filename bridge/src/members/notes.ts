import type { MemberNote } from '@flexcord/shared/panel/member';
import { toTimestamp } from '@flexcord/shared/time';
import type { Store } from '../store/open.ts';

/** The newest notes of a member that are listed; older ones are kept. */
const MAX_NOTES = 200;

interface Row {
  id: number;
  text: string;
  author_name: string;
  created_at: number;
}

const toNote = (row: Row): MemberNote => ({
  id: String(row.id),
  text: row.text,
  authorName: row.author_name,
  createdAt: toTimestamp(row.created_at),
});

/** The team's notes on a member, newest first. */
export async function notesOn(store: Store, memberId: string): Promise<MemberNote[]> {
  const rows = await store.db
    .selectFrom('member_notes')
    .select(['id', 'text', 'author_name', 'created_at'])
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .limit(MAX_NOTES)
    .execute();
  return rows.map(toNote);
}

/** Adds a note on a member, who must exist. */
export async function addNote(
  store: Store,
  memberId: string,
  text: string,
  author: { identity: string; name: string },
): Promise<MemberNote> {
  const row = await store.db
    .insertInto('member_notes')
    .values({
      member_id: memberId,
      text,
      author_identity: author.identity,
      author_name: author.name,
      created_at: Date.now(),
    })
    .returning(['id', 'text', 'author_name', 'created_at'])
    .executeTakeFirstOrThrow();
  return toNote(row);
}
