import { panelRoutes } from '@flexcord/shared/panel/routes';
import * as React from 'react';

import { post } from '../../../utils/bridge/client.ts';
import { useDiscordDraft } from '../utils/useDiscordDraft.ts';

/** Discord shows that somebody types for ten seconds, in ms. */
const TYPING_REPEAT_MS = 8_000;

/**
 * Lets the member see on Discord that the agent is writing. Twilio tells a bridge nothing of typing, so the plugin does.
 * Best effort: a bridge that is down is reported by the panel, not for every key.
 */
export const TypingSignal = ({ conversationSid }: { conversationSid?: string }) => {
  const draft = useDiscordDraft(conversationSid);
  const saidAt = React.useRef(0);
  React.useEffect(() => {
    if (!conversationSid || draft === '' || Date.now() - saidAt.current < TYPING_REPEAT_MS) return;
    saidAt.current = Date.now();
    post(panelRoutes.agentTyping(conversationSid), {}).catch(() => undefined);
  }, [conversationSid, draft]);
  return null;
};
