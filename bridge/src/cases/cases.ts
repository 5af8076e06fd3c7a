import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';
import type { Store } from '../store/open.ts';
import { createCaseWriter } from './case-writer.ts';
import { createCorrespondence, type NotifyMember } from './correspondence.ts';
import { createEditing } from './editing.ts';
import { createLinking } from './linking.ts';
import { createMemberActions } from './member-actions.ts';
import { createMerging } from './merging.ts';
import { createOpening } from './opening.ts';
import { createUsableIn } from './words.ts';

export interface CasesOptions {
  store: Store;
  tell: NotifyMember;
  /** Called after the commit of a change. */
  changed(memberId: string, caseNumber: number): void;
  /** The operator's own fields. */
  fields: readonly FieldDefinition[];
  /** What stands where an agent writes words that the member has taken back meanwhile. Default: [deleted]. */
  mark?: string;
}

/**
 * Everything that changes cases. Every change is made in the caller's transaction, with its entry in the timeline, and is
 * either done as a whole or refused by what it returns; only what nobody foresaw throws.
 */
export function createCases({ store, tell, changed, fields, mark = '[deleted]' }: CasesOptions) {
  const writer = createCaseWriter({ store, changed });
  const usableIn = createUsableIn(mark);
  return {
    ...createOpening(writer, fields, usableIn),
    ...createEditing(store, writer, fields, usableIn),
    ...createCorrespondence(writer, tell, usableIn),
    ...createLinking(writer),
    ...createMemberActions(writer),
    ...createMerging(writer),
    fields,
    /** Adds a listener to every change of every case; see CaseListener. */
    subscribe: writer.subscribe,
  };
}

export type Cases = ReturnType<typeof createCases>;
