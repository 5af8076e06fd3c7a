import type { APIChannel, APIGuildMember, APIRole } from 'discord-api-types/v10';
import { activeThreads, guildChannels, toInteractionChannel } from '../state/channels.ts';
import { toApiMember } from '../state/members.ts';
import { canView } from '../state/permissions.ts';
import type { ChannelRecord, DiscordState, UserRecord } from '../state/state.ts';

/** A channel or thread with a bit set of what the user may do there. */
export type ClientChannel = APIChannel & { permissions: string };

/** A server as a member's client gets it when it connects: only what the member can see. */
export interface ClientGuild {
  id: string;
  name: string;
  owner_id: string;
  channels: ClientChannel[];
  threads: ClientChannel[];
  roles: APIRole[];
  members: APIGuildMember[];
}

export function guildsOf(state: DiscordState, user: UserRecord): ClientGuild[] {
  const shown = (channel: ChannelRecord) => toInteractionChannel(state, channel, user.id) as ClientChannel;
  return [...state.guilds.values()]
    .filter(({ members }) => members.has(user.id))
    .map((guild) => ({
      id: guild.id,
      name: guild.name,
      owner_id: guild.ownerId,
      channels: guildChannels(state, guild.id)
        .filter((channel) => canView(state, channel, user.id))
        .map(shown),
      threads: activeThreads(state, guild.id, user.id).map(shown),
      roles: [...guild.roles.values()],
      members: [...guild.members.values()].map((member) => toApiMember(state, member)),
    }));
}
