import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import { upTo } from './plain.ts';

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
  label: upTo(label, MAX_LABEL_LENGTH),
  custom_id: id,
  ...(disabled ? { disabled } : {}),
});

/** A button that opens an address. */
export const linkButton = (url: string, label: string): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Link,
  label: upTo(label, MAX_LABEL_LENGTH),
  url,
});

export const row = (...components: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> => ({
  type: ComponentType.ActionRow,
  components,
});
