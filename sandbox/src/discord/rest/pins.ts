import { MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { getChannel } from '../state/channels.ts';
import { addMessage, channelMessages, toApiMessage } from '../state/messages.ts';
import { requirePermissions } from '../state/permissions.ts';
import { type ChannelRecord, timestamp, type World } from '../state/world.ts';
import { readForm } from '../validate/form.ts';
import { target } from './messages.ts';
import { type RestContext, route } from './router.ts';

/** Discord raised the limit to 250 together with the paged endpoint. */
const maxPins = 250;

const pinned = (world: World, channel: ChannelRecord) =>
  channelMessages(world, channel.id)
    .filter((m) => m.pinnedAt !== null)
    .sort((a, b) => ((a.pinnedAt ?? '') < (b.pinnedAt ?? '') ? 1 : -1));

/** https://docs.discord.com/developers/resources/message#get-channel-pins, in the old and the new form */
export const pinRoutes = [
  route('GET', '/channels/:channel/pins', ({ world, params }) => {
    const channel = getChannel(world, params.channel ?? '');
    requirePermissions(world, channel, world.bot.id, P.ReadMessageHistory);
    return pinned(world, channel).map((m) => toApiMessage(world, m));
  }),
  route('GET', '/channels/:channel/messages/pins', ({ world, params, query }) => {
    const channel = getChannel(world, params.channel ?? '');
    requirePermissions(world, channel, world.bot.id, P.ReadMessageHistory);
    const form = readForm(Object.fromEntries(query));
    const limit = form.integer('limit', { min: 1, max: 50 }) ?? 50;
    form.check();
    const before = Date.parse(query.get('before') ?? '') || Number.POSITIVE_INFINITY;
    const older = pinned(world, channel).filter((m) => Date.parse(m.pinnedAt ?? '') < before);
    return {
      items: older.slice(0, limit).map((m) => ({ pinned_at: m.pinnedAt, message: toApiMessage(world, m) })),
      has_more: older.length > limit,
    };
  }),
  ...['/channels/:channel/pins/:message', '/channels/:channel/messages/pins/:message'].flatMap((path) => [
    route('PUT', path, (context) => pin(context)),
    route('DELETE', path, (context) => unpin(context)),
  ]),
];

function pinTarget(context: RestContext) {
  const { channel, message } = target(context);
  // PIN_MESSAGES was split from MANAGE_MESSAGES on 2026-02-23.
  requirePermissions(context.world, channel, context.world.bot.id, P.PinMessages);
  return { channel, message };
}

function pin(context: RestContext): undefined {
  const { world } = context;
  const { channel, message } = pinTarget(context);
  if (message.pinnedAt) return;
  if (pinned(world, channel).length >= maxPins) throw new DiscordError(30003);
  message.pinnedAt = timestamp(world);
  channel.lastPinAt = message.pinnedAt;
  world.emit({ type: 'messageUpdate', message });
  world.emit({ type: 'pinsUpdate', channel });
  addMessage(world, channel, {
    channelId: channel.id,
    authorId: world.bot.id,
    type: MessageType.ChannelPinnedMessage,
    reference: {
      type: 0,
      channel_id: channel.id,
      message_id: message.id,
      ...(channel.guildId && { guild_id: channel.guildId }),
    },
  });
}

function unpin(context: RestContext): undefined {
  const { channel, message } = pinTarget(context);
  if (!message.pinnedAt) return;
  message.pinnedAt = null;
  context.world.emit({ type: 'messageUpdate', message });
  context.world.emit({ type: 'pinsUpdate', channel });
}
