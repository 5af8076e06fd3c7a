import { DiscordError } from '../errors.ts';
import { openDm, toApiChannel } from '../state/channels.ts';
import { guildPermissions } from '../state/permissions.ts';
import { isSnowflake } from '../state/snowflake.ts';
import type { DiscordState } from '../state/state.ts';
import { getUser, toApiUser } from '../state/users.ts';
import { readForm } from '../validate/form.ts';
import { route } from './router.ts';

/** https://docs.discord.com/developers/resources/user */
export const userRoutes = [
  route('GET', '/users/@me', ({ state }) => self(state)),
  route('PATCH', '/users/@me', ({ state, body }) => {
    const form = readForm(body);
    const username = form.string('username', { min: 2, max: 32 });
    form.check();
    if (username) state.bot.username = username;
    return self(state);
  }),
  route('GET', '/users/@me/guilds', ({ state }) =>
    [...state.guilds.values()]
      .filter((guild) => guild.members.has(state.bot.id))
      .map((guild) => ({
        id: guild.id,
        name: guild.name,
        icon: guild.icon,
        banner: null,
        owner: guild.ownerId === state.bot.id,
        permissions: guildPermissions(guild, state.bot.id).toString(),
        features: guild.features,
        approximate_member_count: guild.members.size,
        approximate_presence_count: guild.members.size,
      })),
  ),
  route('POST', '/users/@me/channels', ({ state, body }) => {
    const form = readForm(body);
    const id = form.string('recipient_id', { required: true });
    form.check();
    const user = isSnowflake(id) ? state.users.get(id) : undefined;
    if (!user) throw new DiscordError(50033);
    return toApiChannel(state, openDm(state, user));
  }),
  route('GET', '/users/:user', ({ state, params }) => toApiUser(getUser(state, params.user ?? ''))),
];

const self = (state: DiscordState) => ({
  ...toApiUser(state.bot),
  mfa_enabled: true,
  locale: state.bot.locale,
  premium_type: 0,
  email: null,
  verified: true,
});
