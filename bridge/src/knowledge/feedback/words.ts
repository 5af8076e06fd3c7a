import { type GoneWords, usable } from '../../messages/usable-words.ts';
import type { Tx } from '../../store/open.ts';
import { nextRevision } from '../revision.ts';
import { keyOf } from './knowledge-gaps.ts';

const ofMember = (memberId: string, column: 'id' | 'twilio_sid') => (tx: Tx) =>
  tx.selectFrom('conversations').select(column).where('member_id', '=', memberId);

/**
 * Takes what a member no longer says out of what was learned and of what could not be answered. A question of which nothing
 * is left goes; a lesson without one is undone, which every process hears of.
 */
export async function reviseKnowledge(tx: Tx, memberId: string, gone: GoneWords): Promise<void> {
  const conversations = ofMember(memberId, 'id')(tx);
  const gaps = await tx
    .selectFrom('knowledge_gaps')
    .select(['id', 'question'])
    .where((eb) => eb.or([eb('member_id', '=', memberId), eb('conversation_id', 'in', conversations)]))
    .execute();
  for (const { id, question } of gaps) {
    const left = usable(question, gone).trim();
    if (left === question) continue;
    if (left === '') await tx.deleteFrom('knowledge_gaps').where('id', '=', id).execute();
    else
      await tx
        .updateTable('knowledge_gaps')
        .set({ question: left, key: keyOf(left) })
        .where('id', '=', id)
        .execute();
  }
  const feedback = await tx
    .selectFrom('knowledge_feedback')
    .select(['id', 'query'])
    .where('conversation_sid', 'in', ofMember(memberId, 'twilio_sid')(tx))
    .execute();
  for (const { id, query } of feedback) {
    const left = usable(query, gone);
    if (left !== query)
      await tx.updateTable('knowledge_feedback').set({ query: left }).where('id', '=', id).execute();
  }
  const lessons = await tx
    .selectFrom('knowledge_lessons')
    .select(['id', 'question'])
    .where('conversation_id', 'in', conversations)
    .execute();
  for (const { id, question } of lessons) {
    const left = usable(question, gone).trim();
    if (left !== question) await changeLesson(tx, id, left);
  }
}

/** Another question for a lesson; without one it is undone. */
export async function changeLesson(tx: Tx, id: number, question: string): Promise<void> {
  await tx
    .updateTable('knowledge_lessons')
    .set({
      question,
      ...(question === '' ? { undone_at: Date.now(), undone_by: '' } : {}),
      revision: await nextRevision(tx),
    })
    .where('id', '=', id)
    .execute();
}
