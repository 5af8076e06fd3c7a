import type { BlockMember, NewMemberNote } from '@flexcord/shared/panel/member';

/**
 * What the panel's buttons do beside changes of cases (see `src/actions/caseActions.ts`), as Flex Actions. Each rejects
 * with a BridgeProblem (`code`, `message`) when the bridge refuses.
 */
export const PanelAction = {
  /** Adds an article's answer to what is in the composer. */
  InsertArticle: 'FlexcordInsertArticle',
  /** Sends an article to the member as a card. */
  SendArticle: 'FlexcordSendArticle',
  /** Shows a case in the panel of its member. */
  OpenCase: 'FlexcordOpenCase',
  /** Resolves to the new MemberNote. */
  AddNote: 'FlexcordAddNote',
  /** Resolves to the changed MemberNote; the author alone may change or delete a note. */
  EditNote: 'FlexcordEditNote',
  DeleteNote: 'FlexcordDeleteNote',
  /** Resolves to the changed MemberProfile, as does the next. Messages of a blocked member are not delivered. */
  BlockMember: 'FlexcordBlockMember',
  UnblockMember: 'FlexcordUnblockMember',
} as const;

export interface InsertArticlePayload {
  articleId: string;
  conversationSid: string;
  /** What is put into the composer. */
  text: string;
}

export interface OpenCasePayload {
  memberId: string;
  caseId: string;
}

export type BlockMemberPayload = BlockMember & { memberId: string };
export type UnblockMemberPayload = { memberId: string };
export type AddNotePayload = NewMemberNote & { memberId: string };
export type EditNotePayload = NewMemberNote & { memberId: string; noteId: string };
export type DeleteNotePayload = { memberId: string; noteId: string };
