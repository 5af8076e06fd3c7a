import type { Logger } from 'pino';
import type { Cards } from '../../cases/public/cards.ts';
import type { GuildQueries } from '../../guilds/guilds.ts';
import type { Store } from '../../store/open.ts';

/** What moderators take away of what a set-up made, or the bridge posted in a server, as far as Discord tells of it. */
export function createLosses({
  store,
  guilds,
  cards,
  logger,
  threadChannelId,
  meets,
  openMembers,
  onMemberLeft,
}: {
  store: Store;
  guilds: Pick<GuildQueries, 'all' | 'find'>;
  cards: Pick<Cards, 'touch'>;
  logger: Logger;
  threadChannelId: string;
  /** Whether the bot shares a server with a member. */
  meets(memberId: string): Promise<boolean>;
  /** Whose chats are open in private. */
  openMembers(): Promise<string[]>;
  /** A member whose chat is open cannot be written to any longer. */
  onMemberLeft(memberId: string): void;
}) {
  /** A card is looked at once more, which finds that it is gone; the message with the buttons is `/setup`'s to post again. */
  async function lookFor(ids: readonly string[]): Promise<void> {
    const gone = await store.db
      .selectFrom('case_cards')
      .select('case_number')
      .where('message_id', 'in', [...ids])
      .execute();
    for (const { case_number } of gone) await store.transact((tx) => cards.touch(tx, case_number));
    for (const { id, panel_message_id } of await guilds.all()) {
      if (panel_message_id !== null && ids.includes(panel_message_id))
        logger.warn({ guildId: id }, 'the message with the buttons was deleted; /setup posts it again');
    }
  }

  async function guildLeft(guildId: string): Promise<void> {
    if (await guilds.find(guildId))
      logger.error(
        { guildId },
        'the bot was taken out of a server that was set up: its cards stay as they are and nothing is announced there until it is back',
      );
    for (const memberId of new Set(await openMembers())) if (!(await meets(memberId))) onMemberLeft(memberId);
  }

  /** What its cards show has changed meanwhile. */
  async function guildJoined(guildId: string): Promise<void> {
    const own = await store.db
      .selectFrom('case_cards')
      .select('case_number')
      .where('guild_id', '=', guildId)
      .where('message_id', 'is not', null)
      .execute();
    for (const { case_number } of own) await store.transact((tx) => cards.touch(tx, case_number));
  }

  return {
    /** The bot came into a server, or was taken out of one. */
    membershipIs(guildId: string, isMember: boolean): void {
      (isMember ? guildJoined : guildLeft)(guildId).catch((err) =>
        logger.warn({ err, guildId }, 'what a server has of the bot was not looked for'),
      );
    },

    messagesDeleted(ids: readonly string[]): void {
      lookFor(ids).catch((err) => logger.warn({ err }, 'deleted messages were not looked for'));
    },

    async channelDeleted(channelId: string): Promise<void> {
      if (channelId === threadChannelId)
        logger.error(
          { channelId },
          'the channel in which private threads are opened was deleted: set DISCORD_SUPPORT_CHANNEL_ID to another',
        );
      for (const guild of await guilds.all()) {
        const { announcements_id, bugs_id, features_id, support_id } = guild;
        if ([announcements_id, bugs_id, features_id, support_id].includes(channelId))
          logger.error(
            { guildId: guild.id, channelId },
            'a channel of a server was deleted that support needs; /setup makes another',
          );
      }
    },
  };
}
