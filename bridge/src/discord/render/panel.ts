import {
  type APIMessage,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { textsFor } from '../../texts/index.ts';
import { BLURPLE } from './colours.ts';
import { customId } from './custom-id.ts';

const HELP = customId('panel-help');

/** The message in the support channel, from which everything begins. */
export function renderPanel(locale: string): RESTPostAPIChannelMessageJSONBody {
  const { title, text, help, bug, feature } = textsFor(locale).community.panel;
  const button = (custom_id: string, label: string, style: ButtonStyle.Primary | ButtonStyle.Secondary) => ({
    type: ComponentType.Button as const,
    style,
    label,
    custom_id,
  });
  return {
    allowed_mentions: { parse: [] },
    embeds: [{ color: BLURPLE, title, description: text }],
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          button(HELP, help, ButtonStyle.Primary),
          button(customId('report', 'bug'), bug, ButtonStyle.Secondary),
          button(customId('report', 'feature'), feature, ButtonStyle.Secondary),
        ],
      },
    ],
  };
}

export const isPanel = (message: Pick<APIMessage, 'components'>): boolean =>
  JSON.stringify(message.components ?? []).includes(JSON.stringify(HELP));
