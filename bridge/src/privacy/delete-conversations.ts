import { changeLesson } from '../knowledge/feedback/words.ts';
import type { Tx } from '../store/open.ts';

/** Deletes conversations with all that was made of them. Returns how many rows went, by table. */
export async function deleteConversations(
  tx: Tx,
  conversations: readonly { id: string; twilio_sid: string | null }[],
): Promise<Record<string, number>> {
  const ids = ['', ...conversations.map(({ id }) => id)];
  const sids = ['', ...conversations.flatMap(({ twilio_sid }) => twilio_sid ?? [])];
  const deleted: Record<string, number> = {};
  const feedback = await tx
    .deleteFrom('knowledge_feedback')
    .where('conversation_sid', 'in', sids)
    .executeTakeFirstOrThrow();
  deleted.knowledge_feedback = Number(feedback.numDeletedRows);
  deleted.knowledge_lessons = await forgetLessons(tx, ids);
  for (const table of [
    'knowledge_gaps',
    'bot_turns',
    'agents',
    'links',
    'messages',
    'thread_speakers',
  ] as const) {
    const rows = await tx.deleteFrom(table).where('conversation_id', 'in', ids).executeTakeFirstOrThrow();
    deleted[table] = Number(rows.numDeletedRows);
  }
  await tx.updateTable('cases').set({ conversation_id: null }).where('conversation_id', 'in', ids).execute();
  const rows = await tx.deleteFrom('conversations').where('id', 'in', ids).executeTakeFirstOrThrow();
  deleted.conversations = Number(rows.numDeletedRows);
  return deleted;
}

/** Undone and without words, so that every process unlearns them; whose they were nobody can tell then. */
async function forgetLessons(tx: Tx, conversationIds: readonly string[]): Promise<number> {
  const rows = await tx
    .selectFrom('knowledge_lessons')
    .select('id')
    .where('conversation_id', 'in', conversationIds)
    .execute();
  for (const { id } of rows) {
    await changeLesson(tx, id, '');
    await tx.updateTable('knowledge_lessons').set({ conversation_id: null }).where('id', '=', id).execute();
  }
  return rows.length;
}
