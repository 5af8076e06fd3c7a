import type { Article } from '../../knowledge/article.ts';
import { textsFor } from '../../texts/index.ts';
import { renderArticlePage } from '../render/article.ts';
import { customIdParts } from '../render/custom-id.ts';
import type { InteractionHandler } from './interaction-handler.ts';

/**
 * *Read it all* under an article, and the pages that it opens. The page is in the button, so nothing is kept, and an
 * article is read as it stands now.
 */
export function createArticlePages({
  find,
}: {
  /** A published article. */
  find(articleId: string): Article | undefined;
}): InteractionHandler {
  return {
    async answer(interaction, respond) {
      if (!interaction.isButton()) return false;
      const first = customIdParts(interaction.customId, 'read');
      const [id, page = '0'] = first ?? customIdParts(interaction.customId, 'read-page') ?? [];
      if (id === undefined) return false;
      const texts = textsFor(interaction.locale);
      const article = find(id);
      const answer = article
        ? renderArticlePage(article, Number(page) || 0, texts)
        : { content: texts.assistant.articleGone, embeds: [], components: [] };
      await (first ? respond.reply(interaction, answer) : respond.update(interaction, answer));
      return true;
    },
  };
}
