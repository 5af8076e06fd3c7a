import { createDiscordFiles } from '../discord/conversation/files.ts';
import { createOwnEchoes } from '../discord/conversation/own-echoes.ts';
import { type ConnectionOptions, createRest } from '../discord/gateway/gateway.ts';
import { createGuildLookup } from '../discord/servers/guild-lookup.ts';
import { createTwilio } from '../twilio/client.ts';
import { createMedia } from '../twilio/conversations/media.ts';
import { createOwnMessages } from '../twilio/conversations/own-messages.ts';
import { createTokenValidator } from '../twilio/iam.ts';
import type { Core } from './core.ts';

/** The clients of Twilio and of Discord; neither is connected yet. */
export function createCloudsModule({ config, store }: Core) {
  const account = {
    accountSid: config.TWILIO_ACCOUNT_SID,
    authToken: config.TWILIO_AUTH_TOKEN,
    apiUrl: config.TWILIO_API_URL,
  };
  const twilio = createTwilio(account);
  const connection: ConnectionOptions = {
    apiUrl: config.DISCORD_API_URL,
    token: config.DISCORD_TOKEN,
    threads: config.DISCORD_SUPPORT_CHANNEL_ID !== '',
  };
  const rest = createRest(connection);
  return {
    twilio,
    media: createMedia({ twilio, ...account }),
    ownMessages: createOwnMessages({
      store,
      authToken: config.TWILIO_AUTH_TOKEN,
      botName: config.BOT_NAME,
    }),
    validateToken: createTokenValidator(account),
    connection,
    guildLookup: createGuildLookup(),
    rest,
    echoes: createOwnEchoes(),
    discordFiles: createDiscordFiles({
      rest,
      cdnHosts: config.DISCORD_CDN_HOSTS,
      limit: config.FILE_LIMIT_BYTES,
    }),
  };
}

export type Clouds = ReturnType<typeof createCloudsModule>;
