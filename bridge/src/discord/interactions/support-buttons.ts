import { textsFor } from '../../texts/index.ts';
import type { Intake } from '../gateway/intake.ts';
import { pressOf } from '../render/notice.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';

/** The buttons under what the bot says in a conversation. */
export function createPress({ intake }: { intake: Intake }): InteractionHandler {
  return {
    async answer(interaction) {
      if (!interaction.isButton()) return false;
      const pressed = pressOf(interaction.customId);
      if (!pressed) return false;
      // Committed before it is acknowledged: a press that Discord took as done must not be lost.
      await intake.pressed(
        userOf(interaction),
        interaction.id,
        pressed,
        textsFor(interaction.locale).button[pressed.press],
      );
      await interaction.deferUpdate();
      return true;
    },
  };
}
