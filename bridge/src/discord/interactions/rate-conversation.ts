import { type Interaction, TextInputStyle } from 'discord.js';
import type { Ratings } from '../../cases/public/ratings.ts';
import { REPORT_LIMITS } from '../../cases/public/reports.ts';
import { textsFor } from '../../texts/index.ts';
import { type CustomIdName, customId, customIdParts } from '../render/custom-id.ts';
import { renderAfterRating } from '../render/rating.ts';
import { textField, textIn } from './form.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';

/** The stars under the end of a conversation, and the comment that can go with them. */
export function createRating({ ratings }: { ratings: Ratings }): InteractionHandler {
  const partsOf = (interaction: Interaction, name: CustomIdName) =>
    interaction.isButton() || interaction.isModalSubmit() ? customIdParts(interaction.customId, name) : null;

  return {
    async answer(interaction, respond) {
      if (!interaction.isRepliable()) return false;
      const words = textsFor(interaction.locale).community.rating;
      const member = userOf(interaction);
      const before =
        interaction.isButton() || interaction.isModalSubmit()
          ? interaction.message?.embeds[0]?.data
          : undefined;

      const [rated, given] = partsOf(interaction, 'rate') ?? [];
      const score = Number(given);
      if (rated && score >= 1 && score <= 5 && Number.isInteger(score)) {
        if ((await ratings.rate(member, rated, score, interaction.id)).is === 'done') {
          await respond.update(
            interaction,
            renderAfterRating(before, words.thanks(score), {
              conversationId: rated,
              label: words.addComment,
            }),
          );
        } else await respond.reply(interaction, words.notYours);
        return true;
      }
      const [asked] = partsOf(interaction, 'rate-comment') ?? [];
      if (asked) {
        await respond.form(interaction, {
          custom_id: customId('rate-form', asked),
          title: words.form,
          components: [
            textField('comment', {
              label: words.comment,
              max: REPORT_LIMITS.comment,
              style: TextInputStyle.Paragraph,
            }),
          ],
        });
        return true;
      }
      const [commented] = partsOf(interaction, 'rate-form') ?? [];
      if (!commented || !interaction.isModalSubmit()) return false;
      const result = await ratings.comment(member, commented, textIn(interaction, 'comment'));
      if (result.is === 'done') {
        await respond.update(interaction, renderAfterRating(before, words.commented));
      } else await respond.reply(interaction, words.notYours);
      return true;
    },
  };
}
