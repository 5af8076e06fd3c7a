import type { SendArticle } from '@flexcord/shared/panel/knowledge';
import type { MemberNote, MemberProfile } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type * as Flex from '@twilio/flex-ui';

import { post } from '../../../../utils/bridge/client.ts';
import { keys, queryClient } from '../../../../utils/bridge/queryClient.ts';
import { showInPanel } from '../../utils/panelView.ts';
import {
  type AddNotePayload,
  type BlockMemberPayload,
  type DeleteNotePayload,
  type EditNotePayload,
  type InsertArticlePayload,
  type OpenCasePayload,
  PanelAction,
  type UnblockMemberPayload,
} from './panelActions.ts';

export const actionHook = ({ Actions }: typeof Flex, manager: Flex.Manager): void => {
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
  const cacheMember = (profile: MemberProfile): MemberProfile => {
    queryClient.setQueryData(keys.member(profile.id), profile);
    return profile;
  };
  Actions.registerAction(PanelAction.BlockMember, async ({ memberId, ...body }: BlockMemberPayload) =>
    cacheMember(await post<unknown, MemberProfile>(panelRoutes.blockMember(memberId), body)),
  );
  Actions.registerAction(PanelAction.UnblockMember, async ({ memberId }: UnblockMemberPayload) =>
    cacheMember(await post<unknown, MemberProfile>(panelRoutes.unblockMember(memberId), {})),
  );
  const changeNotes = async <Answer>(memberId: string, path: string, body: unknown): Promise<Answer> => {
    const answer = await post<unknown, Answer>(path, body);
    await queryClient.invalidateQueries(keys.notes(memberId));
    return answer;
  };
  Actions.registerAction(PanelAction.AddNote, ({ memberId, ...body }: AddNotePayload) =>
    changeNotes<MemberNote>(memberId, panelRoutes.notes(memberId), body),
  );
  Actions.registerAction(PanelAction.EditNote, ({ memberId, noteId, ...body }: EditNotePayload) =>
    changeNotes<MemberNote>(memberId, panelRoutes.note(memberId, noteId), body),
  );
  Actions.registerAction(PanelAction.DeleteNote, ({ memberId, noteId }: DeleteNotePayload) =>
    changeNotes<void>(memberId, panelRoutes.noteDeletion(memberId, noteId), {}),
  );
};
