import { type APISelectMenuComponent, ComponentType as C } from 'discord-api-types/v10';
import { type Client, nameOf, openedChannel } from './client.ts';

interface Choice {
  value: string;
  label: string;
  description?: string;
}

/** What a select offers in the open channel: its own options, or the server's members, roles or channels. */
export function choicesOf(
  select: Pick<APISelectMenuComponent, 'type'>,
  client: Pick<Client, 'view'>,
): Choice[] {
  if (select.type === C.StringSelect) return (select as { options?: Choice[] }).options ?? [];
  const opened = openedChannel(client);
  const guild = client.view.guilds.find(({ id }) => opened && 'guild_id' in opened && id === opened.guild_id);
  if (!guild) return [];
  const members = guild.members.map(({ user }) => ({ value: user.id, label: nameOf(client, user.id) }));
  const roles = guild.roles.map(({ id, name }) => ({ value: id, label: name }));
  const channels = guild.channels.map(({ id, name }) => ({ value: id, label: `#${name}` }));
  switch (select.type) {
    case C.UserSelect:
      return members;
    case C.RoleSelect:
      return roles;
    case C.MentionableSelect:
      return [...members, ...roles];
    default:
      return channels;
  }
}
