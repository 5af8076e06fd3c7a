import { createCards } from '../cases/public/cards.ts';
import type { Config } from '../config/config.ts';
import { twilioAccount } from '../config/twilio-account.ts';
import { createDiscordEraser } from '../discord/conversation/erase-member.ts';
import { createRest } from '../discord/gateway/gateway.ts';
import { createOwnId } from '../discord/own-id.ts';
import { guildQueries } from '../guilds/guilds.ts';
import type { Store } from '../store/open.ts';
import { basicOf, createTwilio } from '../twilio/client.ts';
import { createMemberEraser } from '../twilio/conversations/erase-member.ts';
import { createMedia } from '../twilio/conversations/media.ts';

/** What takes a member away from both clouds, for a command beside the bridge. */
export function createErasers(config: Config, store: Store) {
  const account = twilioAccount(config);
  const twilio = createTwilio(account);
  const { username, password } = basicOf(account);
  const { apiUrl } = account;
  const rest = createRest({ apiUrl: config.DISCORD_API_URL, token: config.DISCORD_TOKEN, threads: false });
  return {
    twilio: createMemberEraser({
      twilio,
      workspaceSid: config.TWILIO_WORKSPACE_SID,
      media: createMedia({ twilio, apiUrl, accountSid: username, authToken: password }),
    }),
    discord: createDiscordEraser({
      store,
      rest,
      ownId: createOwnId(rest),
      // Nothing is appended to the journal from here.
      cards: createCards({ store, relay: { append: async () => 0 } }),
      guilds: guildQueries(store),
    }),
  };
}
