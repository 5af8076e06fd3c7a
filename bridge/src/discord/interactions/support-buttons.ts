import { CHAT_PRESSES, isChatPress, type Press } from '../../support/member-events.ts';
import { textsFor } from '../../texts/index.ts';
import type { Intake } from '../gateway/intake.ts';
import { customIdParts } from '../render/custom-id.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';

const PRESSES: readonly Press[] = [
  'person',
  'ask',
  'cases',
  'solved',
  'case-solved',
  'choose',
  ...CHAT_PRESSES,
];

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
      // A chat is left or ended once: its button goes with the press.
      if (isChatPress(pressed.press)) await respond.update(interaction, { components: [] });
      else await respond.acknowledge(interaction);
      return true;
    },
  };
}

/** The button that a custom id is of, with its case number, choice or conversation; null for any other. */
function pressOf(
  customId: string,
): { press: Press; caseNumber?: number; choice?: string; conversationId?: string } | null {
  for (const press of PRESSES) {
    const parts = customIdParts(customId, press);
    if (!parts) continue;
    const [about] = parts;
    if (about === undefined) return { press };
    if (isChatPress(press)) return { press, conversationId: about };
    return press === 'choose' ? { press, choice: about } : { press, caseNumber: Number(about) };
  }
  return null;
}
