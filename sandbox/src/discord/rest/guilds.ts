import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { createChannel, guildChannels, toApiChannel } from '../state/channels.ts';
import { newForum, readForumTags } from '../state/forums.ts';
import { getGuild, toApiGuild } from '../state/guilds.ts';
import { requireGuildPermissions } from '../state/permissions.ts';
import { readForm } from '../validate/form.ts';
import { readChannelFields } from './channels.ts';
import { Reply, type RestContext, route } from './router.ts';

const MAX_CHANNELS = 500;
const creatable: ReadonlySet<number> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
]);

/** https://docs.discord.com/developers/resources/guild */
export const guildRoutes = [
  route('GET', '/guilds/:guild', ({ state, params }) => toApiGuild(getGuild(state, params.guild ?? ''))),
  route('GET', '/guilds/:guild/channels', ({ state, params }) =>
    guildChannels(state, getGuild(state, params.guild ?? '').id).map((c) => toApiChannel(state, c)),
  ),
  route('POST', '/guilds/:guild/channels', create),
];

function create({ state, params, body }: RestContext): unknown {
  const guild = getGuild(state, params.guild ?? '');
  requireGuildPermissions(guild, state.bot.id, P.ManageChannels);
  const form = readForm(body);
  const name = form.string('name', { min: 1, max: 100, required: true }) ?? '';
  const type = form.integer('type') ?? ChannelType.GuildText;
  if (!creatable.has(type)) {
    form.fail('type', 'BASE_TYPE_CHOICES', `Value must be one of {${[...creatable].join(', ')}}.`);
  }
  const fields = readChannelFields(state, guild.id, form);
  if (guildChannels(state, guild.id).length >= MAX_CHANNELS) {
    form.fail('', 'GUILD_CHANNELS_MAX', `Maximum number of guild channels reached (${MAX_CHANNELS})`);
  }
  form.check();
  if (fields.overwrites?.length) requireGuildPermissions(guild, state.bot.id, P.ManageRoles);
  for (const overwrite of fields.overwrites ?? []) {
    const known = overwrite.type === 0 ? guild.roles.has(overwrite.id) : state.users.has(overwrite.id);
    if (!known) throw new DiscordError(10009);
  }
  const isText = type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
  // Discord writes text channels' names in lower case with dashes.
  const shown = isText ? name.toLowerCase().replace(/\s+/g, '-') : name;
  const tags = type === ChannelType.GuildForum && readForumTags(state, form, newForum(state, {}));
  form.check();
  const channel = createChannel(state, guild, { ...fields, name: shown, type, ...(tags && { forum: tags }) });
  return new Reply(201, toApiChannel(state, channel));
}
