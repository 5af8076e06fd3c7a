import type { APIMessage } from 'discord-api-types/v10';
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { MemberMessage } from './view.ts';

/** A Discord message as the page shows it to the member. */
export function memberMessage(message: APIMessage, memberId: string): MemberMessage {
  return {
    id: message.id,
    mine: message.author.id === memberId,
    text: message.content,
    at: Date.parse(message.timestamp),
    cards: message.embeds.map(({ title, description, url }) => ({
      title: title ?? '',
      text: description ?? '',
      url: url ?? null,
    })),
    files: message.attachments.map(({ filename, url, content_type }) => ({
      name: filename,
      url,
      type: content_type ?? '',
    })),
    buttons: (message.components ?? []).flatMap((row) =>
      row.type !== ComponentType.ActionRow
        ? []
        : row.components.flatMap((component) =>
            component.type === ComponentType.Button && 'custom_id' in component
              ? [
                  {
                    id: component.custom_id,
                    label: component.label ?? '',
                    primary: component.style === ButtonStyle.Primary,
                  },
                ]
              : [],
          ),
    ),
  };
}
