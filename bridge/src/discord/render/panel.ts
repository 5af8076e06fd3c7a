import { type APIMessage, ButtonStyle, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { textsFor } from '../../texts/index.ts';
import { BLURPLE } from './colours.ts';
import { button, row } from './components.ts';
import { customId } from './custom-id.ts';

const HELP = customId('panel-help');

/** The message in the support channel, from which everything begins. */
export function renderPanel(locale: string): RESTPostAPIChannelMessageJSONBody {
  const { title, text, help, bug, feature } = textsFor(locale).community.panel;
  return {
    allowed_mentions: { parse: [] },
    embeds: [{ color: BLURPLE, title, description: text }],
    components: [
      row(
        button(HELP, help, ButtonStyle.Primary),
        button(customId('report', 'bug'), bug),
        button(customId('report', 'feature'), feature),
      ),
    ],
  };
}

/** Whether a message is this one, in whatever language it was posted. */
export const isPanel = (message: Pick<APIMessage, 'components'>): boolean =>
  JSON.stringify(message.components ?? []).includes(JSON.stringify(HELP));
