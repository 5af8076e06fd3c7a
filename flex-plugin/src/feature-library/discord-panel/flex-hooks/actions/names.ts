import type {
  CaseCheckIn,
  CaseEdit,
  CaseTransition,
  NewCase,
  NewCaseComment,
} from '@flexcord/shared/panel/case';
import type { BlockMember, NewMemberNote } from '@flexcord/shared/panel/member';

/**
 * What the panel's buttons do, as Flex Actions: other plugins can invoke, listen to (`beforeFlexcordCreateCase`),
 * cancel, or replace them. Each rejects with a BridgeProblem (`code`, `message`) when the bridge refuses.
 */
export const PanelAction = {
  /** Adds an article's answer to what is in the composer. */
  InsertArticle: 'FlexcordInsertArticle',
  /** Sends an article to the member as a card. */
  SendArticle: 'FlexcordSendArticle',
  /** Shows a case in the panel of its member. */
  OpenCase: 'FlexcordOpenCase',
  /** Resolves to the new CaseDetail, as all that follow do to the changed one. */
  CreateCase: 'FlexcordCreateCase',
  CommentOnCase: 'FlexcordCommentOnCase',
  MoveCase: 'FlexcordMoveCase',
  /** Changes what a case says or who has it. */
  EditCase: 'FlexcordEditCase',
  /** Asks the member whether it is solved. */
  CheckIn: 'FlexcordCheckIn',
  /** Resolves to the new MemberNote. */
  AddNote: 'FlexcordAddNote',
  /** Resolves to the changed MemberProfile, as does the next. What the member writes goes nowhere from then on. */
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

export type CreateCasePayload = NewCase;
export type CommentOnCasePayload = NewCaseComment & { caseId: string };
export type MoveCasePayload = CaseTransition & { caseId: string };
export type EditCasePayload = CaseEdit & { caseId: string };
export type CheckInPayload = CaseCheckIn & { caseId: string };
export type BlockMemberPayload = BlockMember & { memberId: string };
export type UnblockMemberPayload = { memberId: string };
export type AddNotePayload = NewMemberNote & { memberId: string };
