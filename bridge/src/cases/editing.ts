import { CASE_LIMITS, type CaseEdit, type CaseStatus } from '@flexcord/shared/panel/case';
import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';
import type { Result } from '@flexcord/shared/result';
import type { Updateable } from 'kysely';
import { forgetCase } from '../store/case-search.ts';
import type { Store, Tx } from '../store/open.ts';
import type { CasesTable } from '../store/schema.ts';
import { type Actor, type CaseRefusal, illegal, write } from './case-change.ts';
import type { CaseWriter } from './case-writer.ts';
import { setFields } from './fields.ts';
import { duplicatesOf } from './queries.ts';
import { checkTags, checkText, checkTitle } from './rules.ts';
import { finishedAt, mayMove } from './transitions.ts';
import type { CaseRow } from './view.ts';
import type { UsableIn } from './words.ts';

/** New content or assignee; what is absent stays. */
export type CaseContent = Omit<CaseEdit, 'version' | 'assignee'> & {
  assignee?: { identity: string; name: string } | null;
};

/** Content, assignee, status and deletion of a case. */
export function createEditing(
  store: Store,
  writer: CaseWriter,
  fieldDefinitions: readonly FieldDefinition[],
  usableIn: UsableIn,
) {
  const { change } = writer;
  return {
    /** Changes content or assignee. Writes nothing where nothing differs. */
    edit: (tx: Tx, number: number, version: number | null, content: CaseContent, actor: Actor) =>
      change(tx, number, version, actor, async (row) => {
        const set: Updateable<CasesTable> = {};
        if (content.title !== undefined) {
          const checked = checkTitle(await usableIn(tx, row.member_id, content.title));
          if (checked.is !== 'done') return checked;
          set.title = checked.value;
        }
        if (content.description !== undefined) {
          const words = await usableIn(tx, row.member_id, content.description);
          const checked = checkText('description', words, CASE_LIMITS.description, false);
          if (checked.is !== 'done') return checked;
          set.description = checked.value;
        }
        if (content.tags !== undefined) {
          const checked = checkTags(content.tags);
          if (checked.is !== 'done') return checked;
          set.tags = JSON.stringify(checked.value);
        }
        if (content.fields !== undefined) {
          const checked = setFields(fieldDefinitions, JSON.parse(row.fields), content.fields);
          if (checked.is !== 'done') return checked;
          set.fields = JSON.stringify(checked.value);
        }
        if (content.type !== undefined) set.type = content.type;
        if (content.priority !== undefined) set.priority = content.priority;
        if (content.assignee !== undefined) {
          const next = content.assignee?.identity ?? null;
          const own = [row.assignee_identity, next].every((its) => its === null || its === actor.identity);
          if (actor.mayAssign === false && next !== row.assignee_identity && !own)
            return { is: 'may-not-assign' };
          set.assignee_identity = content.assignee?.identity ?? null;
          set.assignee_name = content.assignee?.name ?? null;
        }
        const changed = Object.entries(set).filter(([name, value]) => row[name as keyof CaseRow] !== value);
        const names = changed.map(([name]) => name);
        if (names.length === 0) return { is: 'unchanged' };
        const fields: Updateable<CasesTable> = Object.fromEntries(changed);
        return write(
          names.every((name) => name.startsWith('assignee_'))
            ? { kind: 'assigned', text: content.assignee?.name ?? '', fields }
            : {
                kind: 'changed',
                text: names.filter((name) => name !== 'assignee_identity').join(', '),
                fields,
              },
        );
      }),

    /** Refused as illegal where `to` cannot follow the present status. */
    transition: (tx: Tx, number: number, version: number | null, to: CaseStatus, actor: Actor) =>
      change(tx, number, version, actor, (row) =>
        mayMove(row.status, to)
          ? write({
              kind: 'status',
              text: `${row.status} → ${to}`,
              fields: {
                status: to,
                resolved_at: finishedAt(row, to),
                // Whoever makes it the member's turn, or ends it, has dealt with what they said.
                ...(to === 'open' || to === 'elevated' ? {} : { unanswered_since: null }),
              },
            })
          : illegal(row),
      ),

    /** Hides a case everywhere. Its rows stay in the store. */
    async remove(
      tx: Tx,
      number: number,
      version: number | null,
      actor: Actor,
    ): Promise<Result<object, CaseRefusal>> {
      const row = await writer.lock(tx, number);
      if (!row) return { is: 'missing' };
      if (version !== null && row.version !== version) return writer.conflict(tx, number);
      const duplicates = await duplicatesOf(tx, number);
      if (duplicates.length > 0) return { is: 'has-duplicates', duplicates };
      await writer.write(
        tx,
        row,
        { kind: 'deleted', text: row.title, fields: { deleted_at: Date.now() } },
        actor,
      );
      await tx
        .updateTable('conversations')
        .set({ case_number: null })
        .where('case_number', '=', number)
        .execute();
      await tx.deleteFrom('case_tags').where('case_number', '=', number).execute();
      await forgetCase(store, tx, number);
      return { is: 'done' };
    },
  };
}
