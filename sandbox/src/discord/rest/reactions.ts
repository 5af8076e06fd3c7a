import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { requirePermissions } from '../state/permissions.ts';
import { addReaction, emojiKey, parseEmoji, removeReaction } from '../state/reactions.ts';
import { compareIds } from '../state/snowflake.ts';
import { getUser, toApiUser } from '../state/users.ts';
import { readForm } from '../validate/form.ts';
import { refuseArchived, target } from './messages.ts';
import { route } from './router.ts';

const reactions = '/channels/:channel/messages/:message/reactions';

/** https://docs.discord.com/developers/resources/message#create-reaction */
export const reactionRoutes = [
  route('PUT', `${reactions}/:emoji/@me`, (context) => {
    const { channel, message } = target(context);
    const { state, params } = context;
    refuseArchived(channel);
    const isNew = !message.reactions.has(emojiKey(parseEmoji(params.emoji ?? '')));
    requirePermissions(state, channel, state.bot.id, P.ReadMessageHistory | (isNew ? P.AddReactions : 0n));
    addReaction(state, message, state.bot.id, params.emoji ?? '');
  }),
  route('DELETE', `${reactions}/:emoji/@me`, (context) => {
    const { channel, message } = target(context);
    refuseArchived(channel);
    removeReaction(context.state, message, context.state.bot.id, context.params.emoji ?? '');
  }),
  route('DELETE', `${reactions}/:emoji/:user`, (context) => {
    const { channel, message } = target(context);
    const { state, params } = context;
    if (!channel.guildId) throw new DiscordError(50003);
    requirePermissions(state, channel, state.bot.id, P.ManageMessages);
    removeReaction(state, message, params.user ?? '', params.emoji ?? '');
  }),
  route('GET', `${reactions}/:emoji`, (context) => {
    const { message } = target(context);
    const { state, params, query } = context;
    const form = readForm(Object.fromEntries(query));
    const limit = form.integer('limit', { min: 1, max: 100 }) ?? 25;
    form.check();
    const after = query.get('after') ?? '0';
    const users = message.reactions.get(emojiKey(parseEmoji(params.emoji ?? '')))?.users ?? new Set<string>();
    const ids = [...users].sort(compareIds).filter((id) => compareIds(id, after) > 0);
    return ids.slice(0, limit).map((id) => toApiUser(getUser(state, id)));
  }),
  route('DELETE', reactions, (context) => {
    const { channel, message } = target(context);
    if (!channel.guildId) throw new DiscordError(50003);
    requirePermissions(context.state, channel, context.state.bot.id, P.ManageMessages);
    message.reactions.clear();
    context.state.emit({ type: 'reactionRemoveAll', message });
  }),
  route('DELETE', `${reactions}/:emoji`, (context) => {
    const { channel, message } = target(context);
    if (!channel.guildId) throw new DiscordError(50003);
    requirePermissions(context.state, channel, context.state.bot.id, P.ManageMessages);
    const emoji = parseEmoji(context.params.emoji ?? '');
    message.reactions.delete(emojiKey(emoji));
    context.state.emit({ type: 'reactionRemoveEmoji', message, emoji });
  }),
];
