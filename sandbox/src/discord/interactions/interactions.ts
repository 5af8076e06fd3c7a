import {
  type APIInteraction,
  type APIMessageInteractionMetadata,
  ApplicationIntegrationType,
  InteractionContextType,
  InteractionType,
} from 'discord-api-types/v10';
import { toInteractionChannel } from '../state/channels.ts';
import { toApiMember } from '../state/members.ts';
import { toApiMessage } from '../state/messages.ts';
import { channelPermissions } from '../state/permissions.ts';
import { toApiUser } from '../state/users.ts';
import type { ChannelRecord, MessageRecord, UserRecord, World } from '../state/world.ts';
import type { InteractionRecord } from './record.ts';

export interface NewInteraction {
  type: InteractionType;
  user: UserRecord;
  channel: ChannelRecord;
  /** `data` of the interaction, as the application gets it. */
  data: unknown;
  /** The message whose component was used or whose modal is submitted. */
  message?: MessageRecord;
  /** The interaction whose modal this one submits. */
  openedBy?: InteractionRecord;
}

/** Sends an interaction to the application and starts its clock. */
export function startInteraction(world: World, options: NewInteraction): InteractionRecord {
  const { type, user, channel, message } = options;
  forgetOld(world);
  const id = world.nextId();
  const token = `sandbox-${Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString('base64url')}`;
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const member = guild?.members.get(user.id);
  const payload = {
    id,
    application_id: world.applicationId,
    type,
    token,
    version: 1,
    data: options.data,
    channel_id: channel.id,
    channel: toInteractionChannel(world, channel, user.id),
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.preferredLocale, features: guild.features },
          guild_locale: guild.preferredLocale,
          member: {
            ...toApiMember(world, member),
            permissions: channelPermissions(world, channel, user.id).toString(),
          },
        }
      : { user: toApiUser(user) }),
    ...(message && { message: toApiMessage(world, message) }),
    locale: user.locale,
    app_permissions: channelPermissions(world, channel, world.bot.id).toString(),
    entitlements: [],
    authorizing_integration_owners: integrationOwners(channel, user),
    context: guild ? InteractionContextType.Guild : InteractionContextType.BotDM,
    attachment_size_limit: world.limits.attachmentMaxBytes,
  } as unknown as APIInteraction;
  const interaction: InteractionRecord = {
    id,
    token,
    type,
    userId: user.id,
    channelId: channel.id,
    guildId: guild?.id,
    createdAt: world.clock.now(),
    status: 'pending',
    payload,
    sourceMessageId: message?.id,
    followUpIds: [],
    openedBy: options.openedBy,
  };
  world.interactions.set(token, interaction);
  interaction.timer = setTimeout(() => {
    if (interaction.status === 'pending') setStatus(world, interaction, 'failed');
  }, world.limits.interactionResponseMs);
  world.emit({ type: 'interactionCreate', interaction });
  return interaction;
}

export function setStatus(
  world: World,
  interaction: InteractionRecord,
  status: InteractionRecord['status'],
): void {
  clearTimeout(interaction.timer);
  interaction.status = status;
  if (status === 'deferred') {
    interaction.timer = setTimeout(() => {
      if (interaction.status === 'deferred') setStatus(world, interaction, 'failed');
    }, world.limits.interactionTokenMs);
  }
  world.emit({ type: 'interactionUpdate', interaction });
}

const integrationOwners = (channel: ChannelRecord, user: UserRecord) => ({
  [ApplicationIntegrationType.GuildInstall]: channel.guildId ?? '0',
  ...(user.userInstalled && { [ApplicationIntegrationType.UserInstall]: user.id }),
});

/** What a response message says about the interaction that it answers. */
export function interactionMetadata(
  world: World,
  interaction: InteractionRecord,
): APIMessageInteractionMetadata {
  const user = world.users.get(interaction.userId) as UserRecord;
  const channel = world.channels.get(interaction.channelId) as ChannelRecord;
  const metadata = {
    id: interaction.id,
    type: interaction.type,
    user: toApiUser(user),
    authorizing_integration_owners: integrationOwners(channel, user),
    ...(interaction.type === InteractionType.MessageComponent && {
      interacted_message_id: interaction.sourceMessageId,
    }),
    ...(interaction.openedBy && {
      triggering_interaction_metadata: interactionMetadata(world, interaction.openedBy),
    }),
  };
  return metadata as unknown as APIMessageInteractionMetadata;
}

/** True once the token opens nothing any more. */
export const isExpired = (world: World, interaction: InteractionRecord): boolean =>
  world.clock.now() >= interaction.createdAt + world.limits.interactionTokenMs;

function forgetOld(world: World): void {
  for (const [token, interaction] of world.interactions) {
    if (world.clock.now() < interaction.createdAt + 2 * world.limits.interactionTokenMs) break;
    clearTimeout(interaction.timer);
    world.interactions.delete(token);
  }
}
