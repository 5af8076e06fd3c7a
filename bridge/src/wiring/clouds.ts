import { twilioAccount, twilioAuthTokens } from '../config/twilio-account.ts';
import { createDiscordFiles } from '../discord/conversation/files.ts';
import { createOwnEchoes } from '../discord/conversation/own-echoes.ts';
import type { ReaderContext } from '../discord/format/readable.ts';
import { type ConnectionOptions, createRest, REQUEST_TIMEOUT_MS } from '../discord/gateway/gateway.ts';
import { createLimitedRequests } from '../discord/limits.ts';
import { createOwnId } from '../discord/own-id.ts';
import { createGuildLookup } from '../discord/servers/guild-lookup.ts';
import { basicOf, createTwilio } from '../twilio/client.ts';
import { createMedia } from '../twilio/conversations/media.ts';
import { createOwnMessages } from '../twilio/conversations/own-messages.ts';
import { createTokenValidator } from '../twilio/iam.ts';
import type { Core } from './core.ts';

/** The clients of Twilio and of Discord; neither is connected yet. */
export function createCloudsModule({ config, store, heartbeat, agentTexts }: Core) {
  const account = twilioAccount(config);
  const twilio = createTwilio(account);
  const connection: ConnectionOptions = {
    apiUrl: config.DISCORD_API_URL,
    token: config.DISCORD_TOKEN,
    threads: config.DISCORD_SUPPORT_CHANNEL_ID !== '',
    limited: createLimitedRequests(store, heartbeat, REQUEST_TIMEOUT_MS),
  };
  const rest = createRest(connection);
  const guildLookup = createGuildLookup(rest);
  const reading: ReaderContext = {
    texts: agentTexts.message,
    language: agentTexts.locale,
    timeZone: config.BUSINESS_TIME_ZONE,
    names: guildLookup.names,
  };
  // The media service authenticates as all requests do; it knows the account by its conversation service.
  const { username, password } = basicOf(account);
  const credentials = { accountSid: username, authToken: password };
  return {
    account,
    twilio,
    media: createMedia({ twilio, ...account, ...credentials }),
    ownMessages: createOwnMessages({
      store,
      authTokens: twilioAuthTokens(config),
      botName: config.BOT_NAME,
    }),
    validateToken: createTokenValidator(account),
    connection,
    guildLookup,
    /** In whose words Discord's messages are read. */
    reading,
    rest,
    ownId: createOwnId(rest),
    echoes: createOwnEchoes(),
    discordFiles: createDiscordFiles({
      rest,
      cdnHosts: config.DISCORD_CDN_HOSTS,
      limit: config.FILE_LIMIT_BYTES,
    }),
  };
}

export type Clouds = ReturnType<typeof createCloudsModule>;
