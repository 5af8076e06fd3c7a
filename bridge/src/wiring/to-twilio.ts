import { createTranscription } from '../messages/transcription.ts';
import type { Handlers } from '../relay/relay.ts';
import type { Payloads } from '../support/entries.ts';
import { createConversations } from '../twilio/conversations/conversations.ts';
import { createTwilioChanges } from '../twilio/conversations/edit-and-delete.ts';
import { createConversationOpener } from '../twilio/conversations/opening.ts';
import { CONVERSATION_WEBHOOK } from '../twilio/webhooks/routes.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { SupportModule } from './support.ts';

/** Wires what the journal holds for Twilio. */
export function createToTwilioModule(
  core: Core,
  { twilio, media, discordFiles }: Clouds,
  { flexClient, support }: SupportModule,
) {
  const { config, store, relay, logger } = core;
  const texts = core.agentTexts.message;
  const transcripts = createConversations({
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
    twilio,
    texts,
    deleted: config.DELETED_MESSAGES,
    postNote: transcripts.postNote,
  });
  const handlers = {
    'twilio.member-message': { run: transcripts.postMemberMessage, refused: support.refused.memberMessage },
    'twilio.member-edit': { run: changes.edit },
    'twilio.member-delete': { run: changes.remove },
    'twilio.member-note': { run: changes.note },
    'twilio.bot-message': { run: transcripts.postBotMessage },
    'twilio.interaction': { run: flexClient.createInteraction },
    'twilio.name-member': { run: transcripts.nameMember },
    'twilio.detach-studio': { run: transcripts.detachStudio },
    'twilio.close': {
      async run(payload) {
        await flexClient.closeChannel(payload);
        return transcripts.close(payload);
      },
    },
  } satisfies Partial<Handlers<Payloads>>;
  return { handlers };
}
