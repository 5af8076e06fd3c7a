import { type APIDMChannel, type REST, Routes } from 'discord.js';
import { textsFor } from '../../texts/index.ts';
import { callDiscord } from '../errors.ts';
import type { Intake } from '../gateway/intake.ts';
import { linkButton, row } from '../render/components.ts';
import { customIdParts } from '../render/custom-id.ts';
import { nameOf } from './command.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';

/** `/helpme [question]`, and the panel's button for help: opens the direct message and shows the way there. */
export function createHelpme({ intake, rest }: { intake: Intake; rest: REST }): InteractionHandler {
  return {
    async answer(interaction, respond) {
      const isCommand = interaction.isChatInputCommand() && interaction.commandName === nameOf('helpme');
      const isButton = interaction.isButton() && customIdParts(interaction.customId, 'panel-help') !== null;
      if (!isCommand && !isButton) return false;
      await respond.defer(interaction);
      const channel = (await callDiscord('open a direct message', () =>
        rest.post(Routes.userChannels(), { body: { recipient_id: interaction.user.id } }),
      )) as APIDMChannel;
      const asked = isCommand ? interaction.options.getString(nameOf('question')) : null;
      await intake.came(userOf(interaction), interaction.id, interaction.token, asked);
      const texts = textsFor(interaction.locale);
      await respond.complete(interaction, {
        content: texts.helpReply,
        components: [row(linkButton(`https://discord.com/channels/@me/${channel.id}`, texts.button.openDm))],
      });
      return true;
    },
  };
}
