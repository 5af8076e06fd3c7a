import { type APIMessage, type REST, Routes } from 'discord.js';
import { compareSnowflakes } from '../../messages/snowflake.ts';
import { Refused } from '../../relay/errors.ts';
import { callDiscord } from '../errors.ts';

/**
 * Of messages that were heard in a channel, those that Discord has no longer. `read`: what it has from the id `oldest` on;
 * what is older is not looked for. One odd answer must not make a message look deleted: Discord is asked for each that is not
 * in `read`.
 */
export async function* deletedMessages(
  rest: REST,
  channelId: string,
  heard: readonly string[],
  read: readonly APIMessage[],
  oldest: string,
): AsyncGenerator<string> {
  const there = new Set(read.map(({ id }) => id));
  for (const id of heard) {
    if (there.has(id) || compareSnowflakes(id, oldest) < 0) continue;
    if (await isGone(rest, channelId, id)) yield id;
  }
}

async function isGone(rest: REST, channelId: string, messageId: string): Promise<boolean> {
  try {
    await callDiscord('look for a message', () => rest.get(Routes.channelMessage(channelId, messageId)));
    return false;
  } catch (error) {
    if (error instanceof Refused && error.reason === 'gone') return true;
    throw error;
  }
}
