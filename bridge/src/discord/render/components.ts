import { truncate } from '@flexcord/shared/messages/truncate';
import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';

/** https://docs.discord.com/developers/components/reference#button */
const MAX_LABEL_LENGTH = 80;

export const button = (
  id: string,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Success = ButtonStyle.Secondary,
  disabled = false,
): APIButtonComponent => ({
  type: ComponentType.Button,
  style,
  label: truncate(label, MAX_LABEL_LENGTH, { ellipsis: '…' }),
  custom_id: id,
  ...(disabled ? { disabled } : {}),
});

/** A button that opens an address. */
export const linkButton = (url: string, label: string): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Link,
  label: truncate(label, MAX_LABEL_LENGTH, { ellipsis: '…' }),
  url,
});

export const row = (...components: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> => ({
  type: ComponentType.ActionRow,
  components,
});
