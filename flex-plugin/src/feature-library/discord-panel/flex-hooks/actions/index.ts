import type { CaseDetail } from '@flexcord/shared/panel/case';
import type { SendArticle } from '@flexcord/shared/panel/knowledge';
import type { MemberNote, MemberProfile } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type * as Flex from '@twilio/flex-ui';

import { post } from '../../../../utils/bridge/client.ts';
import { keepCase, keys, queryClient } from '../../../../utils/bridge/queryClient.ts';
import { showInPanel } from '../../utils/panelView.ts';
import {
  type AddNotePayload,
  type BlockMemberPayload,
  type CheckInPayload,
  type CommentOnCasePayload,
  type CreateCasePayload,
  type EditCasePayload,
  type InsertArticlePayload,
  type MoveCasePayload,
  type OpenCasePayload,
  PanelAction,
  type UnblockMemberPayload,
} from './names.ts';

export const actionHook = (flex: typeof Flex, manager: Flex.Manager): void => {
  const { Actions } = flex;
  const change = async (path: string, body: unknown): Promise<CaseDetail> =>
    keepCase(await post<unknown, CaseDetail>(path, body));

  Actions.registerAction(PanelAction.InsertArticle, ({ conversationSid, text }: InsertArticlePayload) => {
    const typed = manager.store.getState().flex.chat.conversationInput[conversationSid]?.inputText ?? '';
    const body = typed.trim() ? `${typed.trimEnd()}\n\n${text}` : text;
    return Actions.invokeAction('SetInputText', {
      conversationSid,
      body,
      selectionStart: body.length,
      selectionEnd: body.length,
    });
  });
  Actions.registerAction(PanelAction.SendArticle, ({ articleId, conversationSid }: SendArticle) =>
    post<SendArticle>(panelRoutes.sendArticle, { articleId, conversationSid }),
  );
  Actions.registerAction(PanelAction.OpenCase, async ({ memberId, caseId }: OpenCasePayload) =>
    showInPanel(memberId, { tab: 'cases', cases: { name: 'case', caseId } }),
  );
  Actions.registerAction(PanelAction.CreateCase, (given: CreateCasePayload) =>
    change(panelRoutes.cases, given),
  );
  Actions.registerAction(PanelAction.CommentOnCase, ({ caseId, ...body }: CommentOnCasePayload) =>
    change(panelRoutes.caseComments(caseId), body),
  );
  Actions.registerAction(PanelAction.MoveCase, ({ caseId, ...body }: MoveCasePayload) =>
    change(panelRoutes.caseTransitions(caseId), body),
  );
  Actions.registerAction(PanelAction.EditCase, ({ caseId, ...body }: EditCasePayload) =>
    change(panelRoutes.caseEdits(caseId), body),
  );
  Actions.registerAction(PanelAction.CheckIn, ({ caseId, ...body }: CheckInPayload) =>
    change(panelRoutes.caseCheckIns(caseId), body),
  );
  const keepMember = (profile: MemberProfile): MemberProfile => {
    queryClient.setQueryData(keys.member(profile.id), profile);
    return profile;
  };
  Actions.registerAction(PanelAction.BlockMember, async ({ memberId, ...body }: BlockMemberPayload) =>
    keepMember(await post<unknown, MemberProfile>(panelRoutes.blockMember(memberId), body)),
  );
  Actions.registerAction(PanelAction.UnblockMember, async ({ memberId }: UnblockMemberPayload) =>
    keepMember(await post<unknown, MemberProfile>(panelRoutes.unblockMember(memberId), {})),
  );
  Actions.registerAction(PanelAction.AddNote, async ({ memberId, ...body }: AddNotePayload) => {
    const note = await post<unknown, MemberNote>(panelRoutes.notes(memberId), body);
    await queryClient.invalidateQueries(keys.notes(memberId));
    return note;
  });
};
