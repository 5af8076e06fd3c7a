import { DiscordError } from '../errors.ts';
import { openDm, toApiChannel } from '../state/channels.ts';
import { guildPermissions } from '../state/permissions.ts';
import { isSnowflake } from '../state/snowflake.ts';
import { getUser, toApiUser } from '../state/users.ts';
import type { World } from '../state/world.ts';
import { readForm } from '../validate/form.ts';
import { route } from './router.ts';

/** https://docs.discord.com/developers/resources/user */
export const userRoutes = [
  route('GET', '/users/@me', ({ world }) => self(world)),
  route('PATCH', '/users/@me', ({ world, body }) => {
    const form = readForm(body);
    const username = form.string('username', { min: 2, max: 32 });
    form.check();
    if (username) world.bot.username = username;
    return self(world);
  }),
  route('GET', '/users/@me/guilds', ({ world }) =>
    [...world.guilds.values()]
      .filter((guild) => guild.members.has(world.bot.id))
      .map((guild) => ({
        id: guild.id,
        name: guild.name,
        icon: guild.icon,
        banner: null,
        owner: guild.ownerId === world.bot.id,
        permissions: guildPermissions(guild, world.bot.id).toString(),
        features: guild.features,
        approximate_member_count: guild.members.size,
        approximate_presence_count: guild.members.size,
      })),
  ),
  route('POST', '/users/@me/channels', ({ world, body }) => {
    const form = readForm(body);
    const id = form.string('recipient_id', { required: true });
    form.check();
    const user = isSnowflake(id) ? world.users.get(id) : undefined;
    if (!user) throw new DiscordError(50033);
    return toApiChannel(world, openDm(world, user));
  }),
  route('GET', '/users/:user', ({ world, params }) => toApiUser(getUser(world, params.user ?? ''))),
];

const self = (world: World) => ({
  ...toApiUser(world.bot),
  mfa_enabled: true,
  locale: world.bot.locale,
  premium_type: 0,
  email: null,
  verified: true,
});
