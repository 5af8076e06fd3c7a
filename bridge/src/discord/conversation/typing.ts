import { type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import type { Member } from '../../members/members.ts';

/** Discord shows it for ten seconds (https://docs.discord.com/developers/resources/channel#trigger-typing-indicator). */
const SHOWN_MS = 8_000;
/** Members who are remembered at once; beyond that the oldest is forgotten and may be shown a little too often. */
const REMEMBERED = 1_000;

/** Shows a member that somebody is writing, at most once in eight seconds. Best effort: nothing is tried again. */
export function createTyping({ rest, logger }: { rest: REST; logger: Logger }) {
  const shownAt = new Map<string, number>();

  return function showTyping(member: Member): void {
    const channelId = member.dm_closed_at ? member.thread_id : member.dm_channel_id;
    const now = Date.now();
    if (!channelId || now - (shownAt.get(member.id) ?? 0) < SHOWN_MS) return;
    shownAt.delete(member.id);
    shownAt.set(member.id, now);
    const [oldest] = shownAt.keys();
    if (shownAt.size > REMEMBERED && oldest) shownAt.delete(oldest);
    rest
      .post(Routes.channelTyping(channelId))
      .catch((error) => logger.debug({ why: String(error) }, 'typing was not shown'));
  };
}
