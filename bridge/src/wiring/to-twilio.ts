import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createTranscription } from '../messages/transcription.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { Support } from '../support/support.ts';
import { textsFor } from '../texts/index.ts';
import { createConversations } from '../twilio/conversations/conversations.ts';
import { createTwilioChanges } from '../twilio/conversations/edit-and-delete.ts';
import { createConversationOpener } from '../twilio/conversations/opening.ts';
import type { FlexClient } from '../twilio/interactions/flex-client.ts';
import { CONVERSATION_WEBHOOK } from '../twilio/webhooks/routes.ts';
import type { Clouds } from './clouds.ts';

export interface ToTwilioParts extends Pick<Clouds, 'twilio' | 'media' | 'discordFiles'> {
  config: Config;
  store: Store;
  relay: Relay;
  logger: Logger;
  flexClient: FlexClient;
  support: Support;
}

/** Wires what the journal holds for Twilio. */
export function wireToTwilio({
  config,
  store,
  relay,
  logger,
  twilio,
  media,
  discordFiles,
  flexClient,
  support,
}: ToTwilioParts) {
  const texts = textsFor(config.AGENT_LANGUAGE).message;
  const conversations = createConversations({
    store,
    relay,
    twilio,
    opening: createConversationOpener({
      store,
      twilio,
      webhookUrl: `${config.PUBLIC_URL}${CONVERSATION_WEBHOOK}`,
      studioFlowSid: config.FLEX_ROUTING === 'studio' ? config.TWILIO_STUDIO_FLOW_SID : null,
    }),
    botName: config.BOT_NAME,
    media,
    openFile: discordFiles.open,
    fileLimit: config.FILE_LIMIT_BYTES,
    texts,
    closeChannel: flexClient.closeChannel,
    messageRefused: support.refused.memberMessage,
    transcribe: config.TRANSCRIPTION_URL
      ? createTranscription({
          url: config.TRANSCRIPTION_URL,
          key: config.TRANSCRIPTION_API_KEY,
          model: config.TRANSCRIPTION_MODEL,
          openFile: discordFiles.open,
          logger,
        })
      : undefined,
  });
  const changes = createTwilioChanges({
    store,
    relay,
    twilio,
    texts,
    deleted: config.DELETED_MESSAGES,
    postNote: conversations.postNote,
  });
  return {
    handlers: [...conversations.handlers, ...changes.handlers, ...flexClient.handlers] as const,
  };
}
