import { type APIMessage, type REST, Routes } from 'discord.js';
import { compareSnowflakes } from '../messages/snowflake.ts';
import { callDiscord } from './errors.ts';

/** https://docs.discord.com/developers/resources/message#get-channel-messages */
export const MAX_PAGE_SIZE = 100;

/** One page of a channel's messages, oldest first. `what` names the request where it fails. */
export async function readPage(
  rest: REST,
  what: string,
  channelId: string,
  { before, after, limit = MAX_PAGE_SIZE }: { before?: string | undefined; after?: string; limit?: number },
): Promise<APIMessage[]> {
  const query = new URLSearchParams({
    limit: String(limit),
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
  });
  const page = (await callDiscord(what, () =>
    rest.get(Routes.channelMessages(channelId), { query }),
  )) as APIMessage[];
  return page.sort((a, b) => compareSnowflakes(a.id, b.id));
}
