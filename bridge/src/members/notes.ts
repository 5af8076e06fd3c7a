import type { MemberNote } from '@flexcord/shared/panel/member';
import type { Result } from '@flexcord/shared/result';
import { toTimestamp } from '@flexcord/shared/time';
import type { Store } from '../store/open.ts';

/** The newest notes of a member that are listed; older ones are kept. */
const MAX_NOTES = 200;

interface Row {
  id: number;
  text: string;
  author_identity: string;
  author_name: string;
  created_at: number;
}

const COLUMNS = ['id', 'text', 'author_identity', 'author_name', 'created_at'] as const;

const toNote = (row: Row): MemberNote => ({
  id: String(row.id),
  text: row.text,
  authorIdentity: row.author_identity,
  authorName: row.author_name,
  createdAt: toTimestamp(row.created_at),
});

/** The team's notes on a member, newest first. */
export async function notesOn(store: Store, memberId: string): Promise<MemberNote[]> {
  const rows = await store.db
    .selectFrom('member_notes')
    .select(COLUMNS)
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
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return toNote(row);
}

/** `foreign`: somebody else wrote the note. */
type NoteRefusal = { is: 'missing' } | { is: 'foreign' };

/** Why an agent may not change a note; null where it is theirs. */
async function refusalFor(
  store: Store,
  memberId: string,
  noteId: number,
  identity: string,
): Promise<NoteRefusal | null> {
  const row = await store.db
    .selectFrom('member_notes')
    .select('author_identity')
    .where('id', '=', noteId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (!row) return { is: 'missing' };
  return row.author_identity === identity ? null : { is: 'foreign' };
}

/** Gives a note other words, for its author. */
export async function editNote(
  store: Store,
  memberId: string,
  noteId: number,
  text: string,
  identity: string,
): Promise<Result<{ note: MemberNote }, NoteRefusal>> {
  const refusal = await refusalFor(store, memberId, noteId, identity);
  if (refusal) return refusal;
  const row = await store.db
    .updateTable('member_notes')
    .set({ text })
    .where('id', '=', noteId)
    .where('author_identity', '=', identity)
    .returning(COLUMNS)
    .executeTakeFirst();
  return row ? { is: 'done', note: toNote(row) } : { is: 'missing' };
}

/** Deletes a note, for its author. */
export async function deleteNote(
  store: Store,
  memberId: string,
  noteId: number,
  identity: string,
): Promise<{ is: 'done' } | NoteRefusal> {
  const refusal = await refusalFor(store, memberId, noteId, identity);
  if (refusal) return refusal;
  await store.db
    .deleteFrom('member_notes')
    .where('id', '=', noteId)
    .where('author_identity', '=', identity)
    .execute();
  return { is: 'done' };
}
