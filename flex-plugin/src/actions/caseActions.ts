import type {
  CaseCheckIn,
  CaseDetail,
  CaseEdit,
  CaseTransition,
  NewCase,
  NewCaseComment,
} from '@flexcord/shared/panel/case';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type * as Flex from '@twilio/flex-ui';

import { post } from '../utils/bridge/client.ts';
import { cacheCase } from '../utils/bridge/queryClient.ts';

/**
 * Changes of cases as Flex Actions: other plugins can invoke, listen to (`beforeFlexcordCreateCase`), cancel, or replace
 * them. Each resolves to the new or changed CaseDetail, and rejects with a BridgeProblem when the bridge refuses.
 */
export const CaseAction = {
  CreateCase: 'FlexcordCreateCase',
  CommentOnCase: 'FlexcordCommentOnCase',
  MoveCase: 'FlexcordMoveCase',
  /** Changes what a case says or who is assigned to it. */
  EditCase: 'FlexcordEditCase',
  /** Asks the member whether it is solved. */
  CheckIn: 'FlexcordCheckIn',
} as const;

export type CreateCasePayload = NewCase;
type CommentOnCasePayload = NewCaseComment & { caseId: string };
type MoveCasePayload = CaseTransition & { caseId: string };
type EditCasePayload = CaseEdit & { caseId: string };
type CheckInPayload = CaseCheckIn & { caseId: string };

export const actionHook = ({ Actions }: typeof Flex): void => {
  const change = async (path: string, body: unknown): Promise<CaseDetail> =>
    cacheCase(await post<unknown, CaseDetail>(path, body));

  Actions.registerAction(CaseAction.CreateCase, (payload: CreateCasePayload) =>
    change(panelRoutes.cases, payload),
  );
  Actions.registerAction(CaseAction.CommentOnCase, ({ caseId, ...body }: CommentOnCasePayload) =>
    change(panelRoutes.caseComments(caseId), body),
  );
  Actions.registerAction(CaseAction.MoveCase, ({ caseId, ...body }: MoveCasePayload) =>
    change(panelRoutes.caseTransitions(caseId), body),
  );
  Actions.registerAction(CaseAction.EditCase, ({ caseId, ...body }: EditCasePayload) =>
    change(panelRoutes.caseEdits(caseId), body),
  );
  Actions.registerAction(CaseAction.CheckIn, ({ caseId, ...body }: CheckInPayload) =>
    change(panelRoutes.caseCheckIns(caseId), body),
  );
};
