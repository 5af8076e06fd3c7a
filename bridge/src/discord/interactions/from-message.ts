import { truncate } from '@flexcord/shared/messages/truncate';
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { REPORT_LIMITS, type Reports } from '../../cases/public/reports.ts';
import { type GuildQueries, isModerator } from '../../guilds/guilds.ts';
import { textsFor } from '../../texts/index.ts';
import type { Intake } from '../gateway/intake.ts';
import { plain } from '../render/plain.ts';
import { type InteractionHandler, rightsOf, userOf } from './interaction-handler.ts';
import { english, localized } from './localized.ts';

const { fromMessage } = english.community.command;

/** *Open a case from this message*, in the menu of a message, for moderators. */
export function createFromMessage(options: {
  reports: Reports;
  guilds: GuildQueries;
  intake: Intake;
}): InteractionHandler {
  const { reports, guilds, intake } = options;
  return {
    commands: [
      {
        type: ApplicationCommandType.Message,
        name: fromMessage.name,
        name_localizations: localized((texts) => texts.community.command.fromMessage.name),
        default_member_permissions: String(PermissionFlagsBits.ManageMessages),
        integration_types: [ApplicationIntegrationType.GuildInstall],
        contexts: [InteractionContextType.Guild],
      },
    ],

    async answer(interaction, respond) {
      if (!interaction.isMessageContextMenuCommand() || interaction.commandName !== fromMessage.name)
        return false;
      const words = textsFor(interaction.locale).community;
      const { guildId, targetMessage: message } = interaction;
      if (!guildId) {
        await respond.reply(interaction, words.onlyInServers);
        return true;
      }
      if (!isModerator(await guilds.find(guildId), rightsOf(interaction))) {
        await respond.reply(interaction, words.onlyModerators);
        return true;
      }
      const { author } = message;
      if (author.bot || message.webhookId) {
        await respond.reply(interaction, words.notAMember);
        return true;
      }
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const member = { id: author.id, name: author.globalName || author.username, locale: null };
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
          ? words.opened(opened.number, plain(member.name))
          : opened.is === 'opened-before'
            ? words.openedBefore(opened.number)
            : words.empty;
      await respond.complete(interaction, { content, allowed_mentions: { parse: [] } });
      return true;
    },
  };
}
