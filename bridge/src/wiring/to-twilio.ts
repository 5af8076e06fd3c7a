import { createTranscription } from '../messages/transcription.ts';
import { createConversations } from '../twilio/conversations/conversations.ts';
import { createTwilioChanges } from '../twilio/conversations/edit-and-delete.ts';
import { createFlexAttachments } from '../twilio/conversations/flex-attachments.ts';
import { createForgottenConversations } from '../twilio/conversations/forgotten.ts';
import { createConversationOpener } from '../twilio/conversations/opening.ts';
import { createPoster } from '../twilio/conversations/posting.ts';
import { CONVERSATION_WEBHOOK } from '../twilio/webhooks/routes.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { SupportModule } from './support.ts';

/** Wires what the journal holds for Twilio. */
export function createToTwilioModule(
  core: Core,
  { twilio, media, discordFiles, ownMessages }: Clouds,
  { flexClient, support }: SupportModule,
) {
  const { config, store, relay, logger } = core;
  const texts = core.agentTexts.message;
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
    ownMessages,
    closeChannel: flexClient.closeChannel,
    messageRefused: support.refused.memberMessage,
    messageDelayed: support.delayed.memberMessage,
    media,
    openFile: discordFiles.open,
    opensInFlex: createFlexAttachments({ twilio, instanceSid: config.TWILIO_FLEX_INSTANCE_SID }),
    fileLimit: config.FILE_LIMIT_BYTES,
    texts,
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
    media,
    texts,
    deleted: config.DELETED_MESSAGES,
    postNote: conversations.postNote,
    isOver: conversations.isOver,
  });
  const forgotten = createForgottenConversations({
    store,
    twilio,
    logger,
    poster: createPoster({ twilio, ownMessages }),
    tasksOf: flexClient.tasksOf,
  });
  return {
    forgotten,
    handlers: [...conversations.handlers, ...changes.handlers, ...flexClient.handlers] as const,
  };
}

export type ToTwilioModule = ReturnType<typeof createToTwilioModule>;
