import { Actions } from '@twilio/flex-ui';
import * as React from 'react';

import { composerDrafts } from '../utils/composerDrafts.ts';
import { isDiscordConversation } from '../utils/discordConversation.ts';
import { useDiscordDraft } from '../utils/useDiscordDraft.ts';

/** Keeps what is typed in the composer, and puts it back where it was lost: by a reload, or when a task came back. */
export const DraftKeeper = ({ conversationSid = '' }: { conversationSid?: string }) => {
  const draft = useDiscordDraft(conversationSid);
  const seen = React.useRef('');
  React.useLayoutEffect(() => {
    if (seen.current !== conversationSid) {
      seen.current = conversationSid;
      const kept = composerDrafts.get(conversationSid);
      if (!draft && typeof kept === 'string' && isDiscordConversation(conversationSid))
        setInputText(conversationSid, kept);
      return;
    }
    if (draft) composerDrafts.set(conversationSid, draft);
    else composerDrafts.delete(conversationSid);
  }, [conversationSid, draft]);
  return null;
};

function setInputText(conversationSid: string, body: string): void {
  const end = body.length;
  void Actions.invokeAction('SetInputText', {
    conversationSid,
    body,
    selectionStart: end,
    selectionEnd: end,
  });
}
