import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { getGuild } from '../state/guilds.ts';
import { guildPermissions, highestRole, requireGuildPermissions } from '../state/permissions.ts';
import { createRole, deleteRole, getRole } from '../state/roles.ts';
import type { DiscordState, GuildRecord } from '../state/state.ts';
import { type Form, readForm } from '../validate/form.ts';
import { permissionBits } from './channels.ts';
import { type RestContext, route } from './router.ts';

/** https://docs.discord.com/developers/resources/guild#get-guild-roles */
export const roleRoutes = [
  route('GET', '/guilds/:guild/roles', ({ state, params }) => [
    ...getGuild(state, params.guild ?? '').roles.values(),
  ]),
  route('GET', '/guilds/:guild/roles/:role', ({ state, params }) =>
    getRole(getGuild(state, params.guild ?? ''), params.role ?? ''),
  ),
  route('POST', '/guilds/:guild/roles', create),
  route('PATCH', '/guilds/:guild/roles', move),
  route('PATCH', '/guilds/:guild/roles/:role', update),
  route('DELETE', '/guilds/:guild/roles/:role', ({ state, params }) => {
    const { guild, role } = ownedRole(state, params);
    deleteRole(state, guild, role);
  }),
];

function readRole(state: DiscordState, guild: GuildRecord, form: Form) {
  const name = form.string('name', { max: 100 });
  const color = form.integer('color', { min: 0, max: 0xffffff });
  const colors = form.object('colors')?.integer('primary_color', { min: 0, max: 0xffffff });
  const hoist = form.boolean('hoist');
  const mentionable = form.boolean('mentionable');
  const permissions = form.has('permissions') ? permissionBits(form, 'permissions') : undefined;
  form.check();
  // Nobody can give a role what they do not have.
  if (permissions && (BigInt(permissions) & ~guildPermissions(guild, state.bot.id)) !== 0n)
    throw new DiscordError(50013);
  return { name, color: colors ?? color, hoist, mentionable, permissions };
}

function create({ state, params, body }: RestContext): unknown {
  const guild = getGuild(state, params.guild ?? '');
  requireGuildPermissions(guild, state.bot.id, P.ManageRoles);
  const fields = readRole(state, guild, readForm(body));
  return createRole(state, guild, {
    name: fields.name || 'new role',
    color: fields.color ?? 0,
    hoist: fields.hoist ?? false,
    mentionable: fields.mentionable ?? false,
    permissions: BigInt(fields.permissions ?? guild.roles.get(guild.id)?.permissions ?? 0),
  });
}

function ownedRole(state: DiscordState, params: RestContext['params']) {
  const guild = getGuild(state, params.guild ?? '');
  requireGuildPermissions(guild, state.bot.id, P.ManageRoles);
  const role = getRole(guild, params.role ?? '');
  if (role.position >= highestRole(guild, state.bot.id)) throw new DiscordError(50013);
  return { guild, role };
}

function update({ state, params, body }: RestContext): unknown {
  const { guild, role } = ownedRole(state, params);
  const fields = readRole(state, guild, readForm(body));
  if (fields.name) role.name = fields.name;
  if (typeof fields.color === 'number') {
    role.color = fields.color;
    role.colors = { ...role.colors, primary_color: fields.color };
  }
  if (typeof fields.hoist === 'boolean') role.hoist = fields.hoist;
  if (typeof fields.mentionable === 'boolean') role.mentionable = fields.mentionable;
  if (fields.permissions) role.permissions = fields.permissions;
  state.emit({ type: 'roleUpdate', guild, role });
  return role;
}

/** Moves roles to the positions that are named; the bot can move nothing at or above its own highest role. */
function move({ state, params, body }: RestContext): unknown {
  const guild = getGuild(state, params.guild ?? '');
  requireGuildPermissions(guild, state.bot.id, P.ManageRoles);
  const highest = highestRole(guild, state.bot.id);
  const form = readForm({ roles: body });
  const moves = form.list('roles').map((entry) => ({
    role: getRole(guild, entry.string('id', { required: true }) ?? ''),
    position: entry.integer('position', { min: 1 }),
  }));
  form.check();
  for (const { role, position } of moves) {
    if (Math.max(role.position, position ?? 0) >= highest && role.position !== position)
      throw new DiscordError(50013);
  }
  for (const { role, position } of moves) {
    if (typeof position !== 'number' || role.position === position) continue;
    role.position = position;
    state.emit({ type: 'roleUpdate', guild, role });
  }
  return [...guild.roles.values()];
}
