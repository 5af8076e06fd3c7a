import { textsFor } from '../../texts/index.ts';
import type { Intake } from '../intake.ts';
import { pressOf } from '../render/notice.ts';
import { type Piece, whoOf } from './piece.ts';

/** The buttons under what the bot says in a conversation. */
export function createPress({ intake }: { intake: Intake }): Piece {
  return {
    async answer(interaction) {
      if (!interaction.isButton()) return false;
      const pressed = pressOf(interaction.customId);
      if (!pressed) return false;
      // Committed before it is acknowledged: a press that Discord took as done must not be lost.
      await intake.pressed(
        whoOf(interaction),
        interaction.id,
        pressed,
        textsFor(interaction.locale).button[pressed.press],
      );
      await interaction.deferUpdate();
      return true;
    },
  };
}
