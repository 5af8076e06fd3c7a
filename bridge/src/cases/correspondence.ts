import { CASE_LIMITS } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import type { CaseNotice } from '../messages/notices.ts';
import { caseCheckInKey, caseCommentKey, type EntryKey } from '../relay/keys.ts';
import type { Tx } from '../store/open.ts';
import { type Actor, BRIDGE_ACTOR, illegal, write } from './case-change.ts';
import type { CaseWriter } from './case-writer.ts';
import { checkText } from './rules.ts';
import type { UsableIn } from './words.ts';

/** Sends something to a member; the same key is sent once. */
export type NotifyMember = (tx: Tx, memberId: string, key: EntryKey, notice: CaseNotice) => Promise<void>;

/** Comments of the team and check-ins. */
export function createCorrespondence(writer: CaseWriter, notifyMember: NotifyMember, usableIn: UsableIn) {
  const { change } = writer;
  return {
    /** A public comment of an agent is sent to the member; an internal one stays in the team. */
    comment: (
      tx: Tx,
      number: number,
      version: number | null,
      { text, visibility }: { text: string; visibility: 'public' | 'internal' },
      actor: Actor,
    ) =>
      change(tx, number, version, actor, async (row) => {
        const words = actor.identity === null ? text : await usableIn(tx, row.member_id, text);
        const checked = checkText('comment', words, CASE_LIMITS.comment, true);
        if (checked.is !== 'done') return checked;
        if (visibility === 'internal') return write({ kind: 'note', text: checked.value });
        if (actor.memberId !== row.member_id) {
          await notifyMember(tx, row.member_id, caseCommentKey(number, row.version), {
            is: 'case-comment',
            caseNumber: number,
            title: row.title,
            author: actor.name,
            text: checked.value,
          });
        }
        if (actor.identity === null) return write({ kind: 'comment', text: checked.value });
        return write({
          kind: 'comment',
          text: checked.value,
          fields: { first_response_at: row.first_response_at ?? Date.now(), unanswered_since: null },
        });
      }),

    /** Asks the member whether it is solved; a finished case is not asked about. */
    checkIn: (tx: Tx, number: number, version: number | null, actor: Actor) =>
      change(tx, number, version, actor, async (row) => {
        if (!isUnfinished(row.status)) return illegal(row);
        await notifyMember(tx, row.member_id, caseCheckInKey(number, row.version), {
          is: 'case-check-in',
          caseNumber: number,
          title: row.title,
        });
        return write({
          kind: 'check-in',
          text: 'Asked the member whether it is solved',
          fields: { unanswered_since: null },
        });
      }),

    /** Adds a note that something was not delivered to the member, and why. */
    async undelivered(tx: Tx, number: number, words: string): Promise<void> {
      const row = await writer.lock(tx, number);
      if (row) await writer.write(tx, row, { kind: 'note', text: words }, BRIDGE_ACTOR);
    },

    /** Records the team's first response in a conversation on its case. */
    async answered(tx: Tx, conversationId: string): Promise<void> {
      await tx
        .updateTable('cases')
        .set({ first_response_at: Date.now() })
        .where('conversation_id', '=', conversationId)
        .where('first_response_at', 'is', null)
        .execute();
    },
  };
}
