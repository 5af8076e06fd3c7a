import { QueryClientProvider } from '@tanstack/react-query';
import * as React from 'react';

import { queryClient } from '../../../utils/bridge/queryClient.ts';
import { DeskPart } from '../../../view-loader/DeskPart.tsx';
import { useDiscordDraft } from '../utils/useDiscordDraft.ts';

/** Articles to insert, while the agent types a slash and what they look for. */
export const SlashMenu = ({ conversationSid = '' }: { conversationSid?: string }) => {
  const draft = useDiscordDraft(conversationSid);
  const query = /^\/([^\n/]{0,100})$/.exec(draft)?.[1];
  if (query === undefined) return null;
  return (
    <QueryClientProvider client={queryClient}>
      <DeskPart name="ArticlePicker" conversationSid={conversationSid} query={query.trim()} />
    </QueryClientProvider>
  );
};
