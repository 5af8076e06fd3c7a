import type { Press } from '../../support/member-events.ts';
import { textsFor } from '../../texts/index.ts';
import type { Intake } from '../gateway/intake.ts';
import { customIdParts } from '../render/custom-id.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';

const PRESSES: readonly Press[] = ['person', 'ask', 'cases', 'solved', 'case-solved', 'choose'];

/** The buttons under what the bot says in a conversation. */
export function createSupportButtons({ intake }: { intake: Intake }): InteractionHandler {
  return {
    async answer(interaction, respond) {
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
      await respond.acknowledge(interaction);
      return true;
    },
  };
}

/** The button that a custom id is of, with its case number or choice; null for any other. */
function pressOf(customId: string): { press: Press; caseNumber?: number; choice?: string } | null {
  for (const press of PRESSES) {
    const parts = customIdParts(customId, press);
    if (!parts) continue;
    const [about] = parts;
    if (about === undefined) return { press };
    return press === 'choose' ? { press, choice: about } : { press, caseNumber: Number(about) };
  }
  return null;
}
