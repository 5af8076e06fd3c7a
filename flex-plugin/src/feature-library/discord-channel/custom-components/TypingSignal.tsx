import { panelRoutes } from '@flexcord/shared/panel/routes';
import * as React from 'react';

import { post } from '../../../utils/bridge/client.ts';
import { useDiscordDraft } from '../utils/useDiscordDraft.ts';

/** How often typing is reported, in ms; Discord shows it for ten seconds. */
const TYPING_REPEAT_MS = 8_000;

/**
 * Shows the member on Discord that the agent is typing. Twilio has no event for it that a bridge receives.
 * Errors are ignored: the panel already reports a bridge that is down.
 */
export const TypingSignal = ({ conversationSid }: { conversationSid?: string }) => {
  const draft = useDiscordDraft(conversationSid);
  const reportedAt = React.useRef(0);
  React.useEffect(() => {
    if (!conversationSid || draft === '' || Date.now() - reportedAt.current < TYPING_REPEAT_MS) return;
    reportedAt.current = Date.now();
    post(panelRoutes.agentTyping(conversationSid), {}).catch(() => undefined);
  }, [conversationSid, draft]);
  return null;
};
