import { CASE_LIMITS } from '@flexcord/shared/panel/case';
import type { CaseNotice } from '../messages/notices.ts';
import { caseCheckInKey, caseCommentKey, type EntryKey } from '../relay/keys.ts';
import type { Tx } from '../store/open.ts';
import type { ChangeCase } from './changing.ts';
import { type Actor, BRIDGE, invalid, type Ledger } from './ledger.ts';
import { checkText } from './rules.ts';
import { isUnfinished } from './transitions.ts';

/** Sends something to a member; the same key is sent once. */
export type NotifyMember = (tx: Tx, memberId: string, key: EntryKey, notice: CaseNotice) => Promise<void>;

/** What the team writes in a case, for the member or for itself. */
export function createCorrespondence(ledger: Ledger, change: ChangeCase, tellMember: NotifyMember) {
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
        const checked = checkText('comment', text, CASE_LIMITS.comment, true);
        if ('fault' in checked) return invalid(checked.fault);
        if (visibility === 'internal') return { kind: 'note', text: checked.value };
        if (actor.memberId !== row.member_id) {
          await tellMember(tx, row.member_id, caseCommentKey(number, row.version), {
            is: 'case-comment',
            caseNumber: number,
            title: row.title,
            author: actor.name,
            text: checked.value,
          });
        }
        const first = actor.identity !== null && row.first_response_at === null;
        return {
          kind: 'comment',
          text: checked.value,
          ...(first ? { fields: { first_response_at: Date.now() } } : {}),
        };
      }),

    /** Asks the member whether it is solved; a finished case is not asked about. */
    checkIn: (tx: Tx, number: number, version: number | null, actor: Actor) =>
      change(tx, number, version, actor, async (row) => {
        if (!isUnfinished(row.status)) return { is: 'illegal', from: row.status };
        await tellMember(tx, row.member_id, caseCheckInKey(number, row.version), {
          is: 'case-check-in',
          caseNumber: number,
          title: row.title,
        });
        return { kind: 'check-in', text: 'Asked the member whether it is solved' };
      }),

    /** Notes in a case that what was sent to the member did not arrive and why, in the transaction that found it out. */
    async undelivered(tx: Tx, number: number, words: string): Promise<void> {
      const row = await ledger.lock(tx, number);
      if (row) await ledger.write(tx, row, { kind: 'note', text: words }, BRIDGE);
    },

    /** Somebody of the team has turned to the member of a conversation; counts the first time. */
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
