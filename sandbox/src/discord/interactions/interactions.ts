import {
  type APIInteraction,
  type APIMessageInteractionMetadata,
  ApplicationIntegrationType,
  InteractionContextType,
  InteractionType,
} from 'discord-api-types/v10';
import { attachmentLimit } from '../state/attachments.ts';
import { toInteractionChannel } from '../state/channels.ts';
import { toApiMember } from '../state/members.ts';
import { toApiMessage } from '../state/messages.ts';
import { channelPermissions } from '../state/permissions.ts';
import type { ChannelRecord, DiscordState, MessageRecord, UserRecord } from '../state/state.ts';
import { toApiUser } from '../state/users.ts';
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

/** Sends an interaction to the application and starts the timer for its response. */
export function startInteraction(state: DiscordState, options: NewInteraction): InteractionRecord {
  const { type, user, channel, message } = options;
  forgetOld(state);
  const id = state.nextId();
  const token = `sandbox-${Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString('base64url')}`;
  const guild = channel.guildId ? state.guilds.get(channel.guildId) : undefined;
  const member = guild?.members.get(user.id);
  const payload = {
    id,
    application_id: state.applicationId,
    type,
    token,
    version: 1,
    data: options.data,
    channel_id: channel.id,
    channel: toInteractionChannel(state, channel, user.id),
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.preferredLocale, features: guild.features },
          guild_locale: guild.preferredLocale,
          member: {
            ...toApiMember(state, member),
            permissions: channelPermissions(state, channel, user.id).toString(),
          },
        }
      : { user: toApiUser(user) }),
    ...(message && { message: toApiMessage(state, message) }),
    locale: user.locale,
    app_permissions: channelPermissions(state, channel, state.bot.id).toString(),
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: integrationOwners(channel, user),
    context: guild ? InteractionContextType.Guild : InteractionContextType.BotDM,
    attachment_size_limit: attachmentLimit(state, channel.id),
  } as unknown as APIInteraction;
  const interaction: InteractionRecord = {
    id,
    token,
    type,
    userId: user.id,
    channelId: channel.id,
    guildId: guild?.id,
    createdAt: state.clock.now(),
    status: 'pending',
    payload,
    sourceMessageId: message?.id,
    followUpIds: [],
    openedBy: options.openedBy,
  };
  state.interactions.set(token, interaction);
  interaction.timer = setTimeout(() => {
    if (interaction.status === 'pending') setStatus(state, interaction, 'failed');
  }, state.limits.interactionResponseMs);
  state.emit({ type: 'interactionCreate', interaction });
  return interaction;
}

export function setStatus(
  state: DiscordState,
  interaction: InteractionRecord,
  status: InteractionRecord['status'],
): void {
  clearTimeout(interaction.timer);
  interaction.status = status;
  if (status === 'deferred') {
    interaction.timer = setTimeout(() => {
      if (interaction.status === 'deferred') setStatus(state, interaction, 'failed');
    }, state.limits.interactionTokenMs);
  }
  state.emit({ type: 'interactionUpdate', interaction });
}

const integrationOwners = (channel: ChannelRecord, user: UserRecord) => ({
  [ApplicationIntegrationType.GuildInstall]: channel.guildId ?? '0',
  ...(user.userInstalled && { [ApplicationIntegrationType.UserInstall]: user.id }),
});

/** What a response message says about the interaction that it answers. */
export function interactionMetadata(
  state: DiscordState,
  interaction: InteractionRecord,
): APIMessageInteractionMetadata {
  const user = state.users.get(interaction.userId) as UserRecord;
  const channel = state.channels.get(interaction.channelId) as ChannelRecord;
  const metadata = {
    id: interaction.id,
    type: interaction.type,
    user: toApiUser(user),
    authorizing_integration_owners: integrationOwners(channel, user),
    ...(interaction.type === InteractionType.MessageComponent && {
      interacted_message_id: interaction.sourceMessageId,
    }),
    ...(interaction.openedBy && {
      triggering_interaction_metadata: interactionMetadata(state, interaction.openedBy),
    }),
  };
  return metadata as unknown as APIMessageInteractionMetadata;
}

/** True once the token has expired. */
export const isExpired = (state: DiscordState, interaction: InteractionRecord): boolean =>
  state.clock.now() >= interaction.createdAt + state.limits.interactionTokenMs;

function forgetOld(state: DiscordState): void {
  for (const [token, interaction] of state.interactions) {
    if (state.clock.now() < interaction.createdAt + 2 * state.limits.interactionTokenMs) break;
    clearTimeout(interaction.timer);
    state.interactions.delete(token);
  }
}
