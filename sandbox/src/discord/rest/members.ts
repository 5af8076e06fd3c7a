import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { getGuild } from '../state/guilds.ts';
import { getMember, removeMember, toApiMember } from '../state/members.ts';
import { highestRole, requireGuildPermissions } from '../state/permissions.ts';
import { getRole } from '../state/roles.ts';
import { compareIds } from '../state/snowflake.ts';
import type { DiscordState } from '../state/state.ts';
import { readForm } from '../validate/form.ts';
import { type RestContext, route } from './router.ts';

/** GUILD_MEMBERS as a bit, which listing members needs in the developer portal. */
const guildMembersIntent = 1 << 1;

/** https://docs.discord.com/developers/resources/guild#get-guild-member */
export const memberRoutes = [
  route('GET', '/guilds/:guild/members', list),
  route('PATCH', '/guilds/:guild/members/@me', (context) => {
    const { state, params, body } = context;
    const guild = getGuild(state, params.guild ?? '');
    requireGuildPermissions(guild, state.bot.id, P.ChangeNickname);
    return changeNick(state, guild.id, state.bot.id, body);
  }),
  route('GET', '/guilds/:guild/members/:user', ({ state, params }) => {
    const guild = getGuild(state, params.guild ?? '');
    const id = params.user === '@me' ? state.bot.id : (params.user ?? '');
    if (!state.users.has(id)) throw new DiscordError(10013);
    return toApiMember(state, getMember(guild, id));
  }),
  route('PATCH', '/guilds/:guild/members/:user', update),
  route('DELETE', '/guilds/:guild/members/:user', ({ state, params }) => {
    const guild = getGuild(state, params.guild ?? '');
    requireGuildPermissions(guild, state.bot.id, P.KickMembers);
    removeMember(state, guild, params.user ?? '');
  }),
  route('PUT', '/guilds/:guild/members/:user/roles/:role', (context) => changeRole(context, true)),
  route('DELETE', '/guilds/:guild/members/:user/roles/:role', (context) => changeRole(context, false)),
];

function list({ state, params, query }: RestContext): unknown {
  const guild = getGuild(state, params.guild ?? '');
  if (!(state.privilegedIntents & guildMembersIntent)) throw new DiscordError(50001);
  const form = readForm(Object.fromEntries(query));
  const limit = form.integer('limit', { min: 1, max: 1000 }) ?? 1;
  form.check();
  const after = query.get('after') ?? '0';
  return [...guild.members.values()]
    .sort((a, b) => compareIds(a.userId, b.userId))
    .filter((m) => compareIds(m.userId, after) > 0)
    .slice(0, limit)
    .map((m) => toApiMember(state, m));
}

function changeNick(state: DiscordState, guildId: string, userId: string, body: unknown): unknown {
  const guild = getGuild(state, guildId);
  const member = getMember(guild, userId);
  const form = readForm(body);
  const nick = form.string('nick', { max: 32 });
  form.check();
  if (nick !== undefined) member.nick = nick || null;
  state.emit({ type: 'memberUpdate', guild, member });
  return toApiMember(state, member);
}

function update({ state, params, body }: RestContext): unknown {
  const guild = getGuild(state, params.guild ?? '');
  const member = getMember(guild, params.user ?? '');
  const form = readForm(body);
  if (form.value.nick !== undefined) requireGuildPermissions(guild, state.bot.id, P.ManageNicknames);
  if (form.value.communication_disabled_until !== undefined) {
    requireGuildPermissions(guild, state.bot.id, P.ModerateMembers);
  }
  const until = form.string('communication_disabled_until');
  const roles = form.value.roles;
  if (Array.isArray(roles)) {
    requireGuildPermissions(guild, state.bot.id, P.ManageRoles);
    const changed = new Set([...roles.map(String), ...member.roles]);
    for (const id of changed) {
      if (roles.includes(id) !== member.roles.includes(id)) requireGiveable(state, guild.id, id);
    }
    member.roles = roles.map(String);
  }
  if (until !== undefined) member.communicationDisabledUntil = until;
  return changeNick(state, guild.id, member.userId, body);
}

function requireGiveable(state: DiscordState, guildId: string, roleId: string): void {
  const guild = getGuild(state, guildId);
  const role = getRole(guild, roleId);
  if (role.managed || role.position >= highestRole(guild, state.bot.id)) throw new DiscordError(50013);
}

function changeRole({ state, params }: RestContext, give: boolean): undefined {
  const guild = getGuild(state, params.guild ?? '');
  requireGuildPermissions(guild, state.bot.id, P.ManageRoles);
  const member = getMember(guild, params.user ?? '');
  const id = params.role ?? '';
  requireGiveable(state, guild.id, id);
  if (member.roles.includes(id) === give) return;
  member.roles = give ? [...member.roles, id] : member.roles.filter((each) => each !== id);
  state.emit({ type: 'memberUpdate', guild, member });
}
