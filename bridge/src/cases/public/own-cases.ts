import { foldForSearch } from '@flexcord/shared/messages/fold';
import type { CaseStatus, CaseType } from '@flexcord/shared/panel/case';
import type { Store, Tx } from '../../store/open.ts';
import type { CaseResult } from '../case-change.ts';
import type { Cases } from '../cases.ts';
import type { CaseMember } from '../member-actions.ts';

/** An entry of a member's list of cases. */
export interface OwnCase {
  number: number;
  type: CaseType;
  title: string;
  status: CaseStatus;
}

/** A case as its member sees it, without anything internal. */
export interface OwnCaseDetail extends OwnCase {
  description: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** The latest public comments, oldest first. */
  comments: { author: string; text: string; at: number }[];
}

const PAGE_SIZE = 8;
const MAX_COMMENTS = 8;
/** Discord offers up to 25 suggestions (https://docs.discord.com/developers/interactions/receiving-and-responding). */
const MAX_SUGGESTIONS = 25;

export interface OwnCasesOptions {
  store: Store;
  cases: Pick<Cases, 'commentedByMember' | 'closedByMember' | 'reopenedByMember' | 'unsolvedByMember'>;
}

/** What members see of their own cases and can do with them. */
export function createOwnCases({ store, cases }: OwnCasesOptions) {
  const own = (memberId: string) =>
    store.db
      .selectFrom('cases')
      .select(['number', 'type', 'title', 'status'])
      .where('member_id', '=', memberId)
      .where('deleted_at', 'is', null);

  return {
    /** Newest first; `page` counts from 0. */
    async list(memberId: string, page: number): Promise<{ cases: OwnCase[]; more: boolean; from: number }> {
      const from = Math.max(0, page) * PAGE_SIZE;
      const rows = await own(memberId)
        .orderBy('number', 'desc')
        .limit(PAGE_SIZE + 1)
        .offset(from)
        .execute();
      return { cases: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE, from };
    },

    /** Cases whose number begins with, or whose title contains, what was typed. */
    async suggest(memberId: string, typed: string): Promise<OwnCase[]> {
      const rows = await own(memberId).orderBy('number', 'desc').limit(200).execute();
      const words = foldForSearch(typed.trim().replace(/^#/, ''));
      return rows
        .filter(
          ({ number, title }) => String(number).startsWith(words) || foldForSearch(title).includes(words),
        )
        .slice(0, MAX_SUGGESTIONS);
    },

    async view(memberId: string, number: number): Promise<OwnCaseDetail | undefined> {
      const row = await own(memberId)
        .select(['description', 'created_at'])
        .where('number', '=', number)
        .executeTakeFirst();
      if (!row) return undefined;
      const comments = await store.db
        .selectFrom('case_events')
        .select(['actor_name', 'text', 'at'])
        .where('case_number', '=', number)
        .where('kind', '=', 'comment')
        .orderBy('id', 'desc')
        .limit(MAX_COMMENTS)
        .execute();
      const { created_at, ...rest } = row;
      return {
        ...rest,
        createdAt: created_at,
        comments: comments.reverse().map(({ actor_name, text, at }) => ({ author: actor_name, text, at })),
      };
    },

    comment: (tx: Tx, member: CaseMember, number: number, text: string): Promise<CaseResult> =>
      cases.commentedByMember(tx, member, number, text),
    close: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      cases.closedByMember(tx, member, number),
    reopen: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      cases.reopenedByMember(tx, member, number),
    /** The answer to whether it is solved. */
    unsolved: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      cases.unsolvedByMember(tx, member, number),
  };
}

export type OwnCases = ReturnType<typeof createOwnCases>;
