import {
  type APIDMChannel,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import { textsFor } from '../../texts/index.ts';
import { callDiscord } from '../errors.ts';
import type { Intake } from '../gateway/intake.ts';
import { aboutOf } from '../render/custom-id.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';
import { english, localized } from './localized.ts';

const { helpme, question } = english.command;

/** `/helpme [question]`, and the panel's button for help: opens the direct message and shows the way there. */
export function createHelpme({ intake, rest }: { intake: Intake; rest: REST }): InteractionHandler {
  return {
    commands: [
      {
        type: ApplicationCommandType.ChatInput,
        name: helpme.name,
        description: helpme.description,
        description_localizations: localized((texts) => texts.command.helpme.description),
        integration_types: [ApplicationIntegrationType.GuildInstall],
        contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: question.name,
            description: question.description,
            description_localizations: localized((texts) => texts.command.question.description),
            max_length: 1000,
            required: false,
          },
        ],
      },
    ],

    async answer(interaction, respond) {
      const isCommand = interaction.isChatInputCommand() && interaction.commandName === helpme.name;
      const isButton = interaction.isButton() && aboutOf(interaction.customId, 'panel-help') !== null;
      if (!isCommand && !isButton) return false;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const channel = (await callDiscord('open a direct message', () =>
        rest.post(Routes.userChannels(), { body: { recipient_id: interaction.user.id } }),
      )) as APIDMChannel;
      const asked = isCommand ? interaction.options.getString(question.name) : null;
      await intake.came(userOf(interaction), interaction.id, interaction.token, asked);
      const texts = textsFor(interaction.locale);
      await respond.complete(interaction, {
        content: texts.helpReply,
        components: [
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.Button,
                style: ButtonStyle.Link,
                label: texts.button.openDm,
                url: `https://discord.com/channels/@me/${channel.id}`,
              },
            ],
          },
        ],
      });
      return true;
    },
  };
}
