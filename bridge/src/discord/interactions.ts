import {
  type APIDMChannel,
  ButtonStyle,
  ComponentType,
  type Interaction,
  MessageFlags,
  type REST,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import { textsFor } from '../texts/index.ts';
import { asking } from './errors.ts';
import type { Intake, Who } from './intake.ts';
import { pressOf } from './render/notice.ts';

export interface InteractionsOptions {
  intake: Intake;
  rest: REST;
  logger: Logger;
}

/** Answers commands and buttons within Discord's three seconds; what they lead to goes through the journal. */
export function createInteractions({ intake, rest, logger }: InteractionsOptions) {
  async function handle(interaction: Interaction): Promise<void> {
    if (interaction.isChatInputCommand() && interaction.commandName === 'helpme') {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const channel = (await asking('open a direct message', () =>
        rest.post(Routes.userChannels(), { body: { recipient_id: interaction.user.id } }),
      )) as APIDMChannel;
      const question = interaction.options.getString('question');
      await intake.came(whoOf(interaction), interaction.id, interaction.token, question);
      const texts = textsFor(interaction.locale);
      await answer(interaction, {
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
      return;
    }
    if (interaction.isButton()) {
      const pressed = pressOf(interaction.customId);
      if (!pressed) return;
      // Committed before it is acknowledged: a press that Discord took as done must not be lost.
      await intake.pressed(
        whoOf(interaction),
        interaction.id,
        pressed,
        textsFor(interaction.locale).button[pressed.press],
      );
      await interaction.deferUpdate();
    }
  }

  /** Completes a deferred answer. Asked for by hand: discord.js adds fields that Discord's document does not know. */
  function answer(
    interaction: Interaction,
    body: RESTPatchAPIWebhookWithTokenMessageJSONBody,
  ): Promise<unknown> {
    const route = Routes.webhookMessage(interaction.applicationId, interaction.token);
    return asking('answer an interaction', () => rest.patch(route, { auth: false, body }));
  }

  async function apologise(interaction: Interaction): Promise<void> {
    if (!interaction.isRepliable()) return;
    const content = textsFor(interaction.locale).tryAgain;
    if (interaction.deferred) await answer(interaction, { content });
    else if (!interaction.replied) await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  return async (interaction: Interaction): Promise<void> => {
    try {
      await handle(interaction);
    } catch (error) {
      logger.error({ err: error, interaction: interaction.id }, 'an interaction failed');
      await apologise(interaction).catch((err) => logger.warn({ err }, 'nor could it be answered'));
    }
  };
}

function whoOf(interaction: Interaction): Who {
  const { user, locale } = interaction;
  return { id: user.id, name: user.globalName || user.username, locale };
}
