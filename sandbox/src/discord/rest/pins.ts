import { MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { getChannel } from '../state/channels.ts';
import { addMessage, channelMessages, toApiMessage } from '../state/messages.ts';
import { requirePermissions } from '../state/permissions.ts';
import { type ChannelRecord, type DiscordState, timestamp } from '../state/state.ts';
import { readForm } from '../validate/form.ts';
import { target } from './messages.ts';
import { type RestContext, route } from './router.ts';

/** Discord raised the limit to 250 together with the paged endpoint. */
const MAX_PINS = 250;

const pinned = (state: DiscordState, channel: ChannelRecord) =>
  channelMessages(state, channel.id)
    .filter((m) => m.pinnedAt !== null)
    .sort((a, b) => ((a.pinnedAt ?? '') < (b.pinnedAt ?? '') ? 1 : -1));

/** https://docs.discord.com/developers/resources/message#get-channel-pins, in the old and the new form */
export const pinRoutes = [
  route('GET', '/channels/:channel/pins', ({ state, params }) => {
    const channel = getChannel(state, params.channel ?? '');
    requirePermissions(state, channel, state.bot.id, P.ReadMessageHistory);
    return pinned(state, channel).map((m) => toApiMessage(state, m));
  }),
  route('GET', '/channels/:channel/messages/pins', ({ state, params, query }) => {
    const channel = getChannel(state, params.channel ?? '');
    requirePermissions(state, channel, state.bot.id, P.ReadMessageHistory);
    const form = readForm(Object.fromEntries(query));
    const limit = form.integer('limit', { min: 1, max: 50 }) ?? 50;
    form.check();
    const before = Date.parse(query.get('before') ?? '') || Number.POSITIVE_INFINITY;
    const older = pinned(state, channel).filter((m) => Date.parse(m.pinnedAt ?? '') < before);
    return {
      items: older.slice(0, limit).map((m) => ({ pinned_at: m.pinnedAt, message: toApiMessage(state, m) })),
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
  requirePermissions(context.state, channel, context.state.bot.id, P.PinMessages);
  return { channel, message };
}

function pin(context: RestContext): undefined {
  const { state } = context;
  const { channel, message } = pinTarget(context);
  if (message.pinnedAt) return;
  if (pinned(state, channel).length >= MAX_PINS) throw new DiscordError(30003);
  message.pinnedAt = timestamp(state);
  channel.lastPinAt = message.pinnedAt;
  state.emit({ type: 'messageUpdate', message });
  state.emit({ type: 'pinsUpdate', channel });
  addMessage(state, channel, {
    channelId: channel.id,
    authorId: state.bot.id,
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
  context.state.emit({ type: 'messageUpdate', message });
  context.state.emit({ type: 'pinsUpdate', channel });
}
