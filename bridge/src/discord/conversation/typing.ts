import { type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Member } from '../../members/members.ts';

/** Discord shows it for ten seconds (https://docs.discord.com/developers/resources/channel#trigger-typing-indicator). */
const SHOWN_MS = 8_000;
/** Beyond as many, the member who was shown it longest ago may see it a little too often. */
const MAX_MEMBERS = 1_000;

/** Shows a member that somebody is writing, at most once in eight seconds. Best effort: nothing is tried again. */
export function createTyping({ rest, logger }: { rest: REST; logger: Logger }) {
  const shown = new LRUCache<string, true>({ max: MAX_MEMBERS, ttl: SHOWN_MS });

  return function showTyping(member: Member): void {
    const channelId = member.dm_closed_at ? member.thread_id : member.dm_channel_id;
    if (!channelId || shown.has(member.id)) return;
    shown.set(member.id, true);
    rest.post(Routes.channelTyping(channelId)).catch((err) => logger.debug({ err }, 'typing was not shown'));
  };
}
