import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { getGuild } from '../state/guilds.ts';
import { getMember, removeMember, toApiMember } from '../state/members.ts';
import { highestRole, requireGuildPermissions } from '../state/permissions.ts';
import { getRole } from '../state/roles.ts';
import { compareIds } from '../state/snowflake.ts';
import type { World } from '../state/world.ts';
import { readForm } from '../validate/form.ts';
import { type RestContext, route } from './router.ts';

/** GUILD_MEMBERS as a bit, which listing members needs in the developer portal. */
const guildMembersIntent = 1 << 1;

/** https://docs.discord.com/developers/resources/guild#get-guild-member */
export const memberRoutes = [
  route('GET', '/guilds/:guild/members', list),
  route('PATCH', '/guilds/:guild/members/@me', (context) => {
    const { world, params, body } = context;
    const guild = getGuild(world, params.guild ?? '');
    requireGuildPermissions(guild, world.bot.id, P.ChangeNickname);
    return changeNick(world, guild.id, world.bot.id, body);
  }),
  route('GET', '/guilds/:guild/members/:user', ({ world, params }) => {
    const guild = getGuild(world, params.guild ?? '');
    const id = params.user === '@me' ? world.bot.id : (params.user ?? '');
    if (!world.users.has(id)) throw new DiscordError(10013);
    return toApiMember(world, getMember(guild, id));
  }),
  route('PATCH', '/guilds/:guild/members/:user', update),
  route('DELETE', '/guilds/:guild/members/:user', ({ world, params }) => {
    const guild = getGuild(world, params.guild ?? '');
    requireGuildPermissions(guild, world.bot.id, P.KickMembers);
    removeMember(world, guild, params.user ?? '');
  }),
  route('PUT', '/guilds/:guild/members/:user/roles/:role', (context) => changeRole(context, true)),
  route('DELETE', '/guilds/:guild/members/:user/roles/:role', (context) => changeRole(context, false)),
];

function list({ world, params, query }: RestContext): unknown {
  const guild = getGuild(world, params.guild ?? '');
  if (!(world.privilegedIntents & guildMembersIntent)) throw new DiscordError(50001);
  const form = readForm(Object.fromEntries(query));
  const limit = form.integer('limit', { min: 1, max: 1000 }) ?? 1;
  form.check();
  const after = query.get('after') ?? '0';
  return [...guild.members.values()]
    .sort((a, b) => compareIds(a.userId, b.userId))
    .filter((m) => compareIds(m.userId, after) > 0)
    .slice(0, limit)
    .map((m) => toApiMember(world, m));
}

function changeNick(world: World, guildId: string, userId: string, body: unknown): unknown {
  const guild = getGuild(world, guildId);
  const member = getMember(guild, userId);
  const form = readForm(body);
  const nick = form.string('nick', { max: 32 });
  form.check();
  if (nick !== undefined) member.nick = nick || null;
  world.emit({ type: 'memberUpdate', guild, member });
  return toApiMember(world, member);
}

function update({ world, params, body }: RestContext): unknown {
  const guild = getGuild(world, params.guild ?? '');
  const member = getMember(guild, params.user ?? '');
  const form = readForm(body);
  if (form.value.nick !== undefined) requireGuildPermissions(guild, world.bot.id, P.ManageNicknames);
  if (form.value.communication_disabled_until !== undefined) {
    requireGuildPermissions(guild, world.bot.id, P.ModerateMembers);
  }
  const until = form.string('communication_disabled_until');
  const roles = form.value.roles;
  if (Array.isArray(roles)) {
    requireGuildPermissions(guild, world.bot.id, P.ManageRoles);
    const changed = new Set([...roles.map(String), ...member.roles]);
    for (const id of changed) {
      if (roles.includes(id) !== member.roles.includes(id)) requireGiveable(world, guild.id, id);
    }
    member.roles = roles.map(String);
  }
  if (until !== undefined) member.communicationDisabledUntil = until;
  return changeNick(world, guild.id, member.userId, body);
}

function requireGiveable(world: World, guildId: string, roleId: string): void {
  const guild = getGuild(world, guildId);
  const role = getRole(guild, roleId);
  if (role.managed || role.position >= highestRole(guild, world.bot.id)) throw new DiscordError(50013);
}

function changeRole({ world, params }: RestContext, give: boolean): undefined {
  const guild = getGuild(world, params.guild ?? '');
  requireGuildPermissions(guild, world.bot.id, P.ManageRoles);
  const member = getMember(guild, params.user ?? '');
  const id = params.role ?? '';
  requireGiveable(world, guild.id, id);
  if (member.roles.includes(id) === give) return;
  member.roles = give ? [...member.roles, id] : member.roles.filter((each) => each !== id);
  world.emit({ type: 'memberUpdate', guild, member });
}
