import { truncate } from '@flexcord/shared/messages/truncate';
import { REPORT_LIMITS, type Reports } from '../../cases/public/reports.ts';
import { escapeLine } from '../../formats/markdown/escape.ts';
import type { GuildQueries } from '../../guilds/guilds.ts';
import { textsFor } from '../../texts/index.ts';
import { nameOf as shownName } from '../format/readable.ts';
import type { Intake } from '../gateway/intake.ts';
import { nameOf } from './command.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';
import { forModerators } from './permissions.ts';

/** *Open a case from this message*, in the menu of a message, for moderators. */
export function createFromMessage(options: {
  reports: Reports;
  guilds: GuildQueries;
  intake: Intake;
}): InteractionHandler {
  const { reports, guilds, intake } = options;
  return {
    async answer(interaction, respond) {
      if (!interaction.isMessageContextMenuCommand() || interaction.commandName !== nameOf('fromMessage'))
        return false;
      const words = textsFor(interaction.locale).community;
      const permitted = await forModerators(interaction, guilds);
      if (permitted.is === 'refused') {
        await respond.reply(interaction, permitted.reason);
        return true;
      }
      const { guildId } = permitted;
      const { targetMessage: message } = interaction;
      const { author } = message;
      if (author.bot || message.webhookId) {
        await respond.reply(interaction, words.notAMember);
        return true;
      }
      await respond.defer(interaction);
      const member = {
        id: author.id,
        name: shownName({ global_name: author.globalName, username: author.username }),
        locale: null,
      };
      const files = [...message.attachments.values()].map(({ name }) => `[${name}]`);
      const opened = await reports.fromMessage(
        {
          message: {
            id: message.id,
            channelId: interaction.channelId,
            guildId,
            text: truncate([message.content, ...files].join('\n'), REPORT_LIMITS.text),
          },
          author: member,
          link: `https://discord.com/channels/${guildId}/${interaction.channelId}/${message.id}`,
          moderator: userOf(interaction),
        },
        (tx) => intake.recordMember(tx, member, interaction.id, null),
      );
      const content =
        opened.is === 'opened'
          ? words.opened(opened.number, escapeLine(member.name))
          : opened.is === 'opened-before'
            ? words.openedBefore(opened.number)
            : words.empty;
      await respond.complete(interaction, { content });
      return true;
    },
  };
}
