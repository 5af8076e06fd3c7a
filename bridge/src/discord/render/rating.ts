import { type APIEmbed, ButtonStyle, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { Texts } from '../../texts/index.ts';
import { BLURPLE } from './colours.ts';
import { button, row } from './components.ts';
import { customId } from './custom-id.ts';

/** The last message of a conversation, which asks for a rating. */
export function renderWithRating(
  words: string,
  conversationId: string | undefined,
  texts: Texts,
): RESTPostAPIChannelMessageJSONBody {
  const embed: APIEmbed = { color: BLURPLE, description: words };
  if (conversationId === undefined) return { embeds: [embed] };
  return {
    embeds: [{ ...embed, footer: { text: texts.community.rating.ask } }],
    components: [
      row(...[1, 2, 3, 4, 5].map((score) => button(customId('rate', conversationId, score), `${score} ★`))),
    ],
  };
}

/** The same message once a rating or comment was given. */
export function renderAfterRating(
  before: Pick<APIEmbed, 'description'> | undefined,
  words: string,
  comment?: { conversationId: string; label: string },
) {
  return {
    embeds: [{ color: BLURPLE, description: before?.description ?? '', footer: { text: words } }],
    components: comment
      ? [row(button(customId('rate-comment', comment.conversationId), comment.label, ButtonStyle.Secondary))]
      : [],
  };
}
