import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createTranscription } from '../messages/transcription.ts';
import type { Handlers, Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { Payloads } from '../support/entries.ts';
import type { Support } from '../support/support.ts';
import { textsFor } from '../texts/index.ts';
import { createTwilioChanges } from '../twilio/changes.ts';
import { createConversations } from '../twilio/conversations.ts';
import type { Desk } from '../twilio/desk.ts';
import { createOpening } from '../twilio/opening.ts';
import { CONVERSATION_WEBHOOK } from '../twilio/routes.ts';
import type { Clouds } from './clouds.ts';

export interface ToTwilioParts extends Pick<Clouds, 'twilio' | 'media' | 'discordFiles'> {
  config: Config;
  store: Store;
  relay: Relay<Payloads>;
  logger: Logger;
  desk: Desk;
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
  desk,
  support,
}: ToTwilioParts) {
  const texts = textsFor(config.AGENT_LANGUAGE).message;
  const transcripts = createConversations({
    store,
    relay,
    twilio,
    opening: createOpening({
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
    'twilio.interaction': { run: desk.createInteraction },
    'twilio.name-member': { run: transcripts.nameMember },
    'twilio.detach-studio': { run: transcripts.detachStudio },
    'twilio.close': {
      async run(payload) {
        await desk.closeChannel(payload);
        return transcripts.close(payload);
      },
    },
  } satisfies Partial<Handlers<Payloads>>;
  return { handlers };
}
