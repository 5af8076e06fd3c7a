import { type Interaction, PermissionFlagsBits } from 'discord.js';
import { roleOf } from '../../forum/decide.ts';
import { type GuildQueries, isModerator } from '../../guilds/guilds.ts';
import type { ThreadActor } from '../../threads/acts.ts';
import type { PublicThread } from '../../threads/threads.ts';
import { rightsOf, userOf } from './interaction-handler.ts';

/** By what it is known who decides on public threads. */
export interface Decider {
  guilds: Pick<GuildQueries, 'find'>;
  helperRoles: readonly string[];
}

/** As whom somebody decides on a thread; null where they may not. */
export async function deciderIn(
  interaction: Interaction,
  thread: PublicThread,
  { guilds, helperRoles }: Decider,
): Promise<(ThreadActor & { role: 'author' | 'moderator' }) | null> {
  const user = userOf(interaction);
  const rights = rightsOf(interaction);
  const moderates =
    isModerator(await guilds.find(thread.guild_id), rights) ||
    (interaction.memberPermissions?.has(PermissionFlagsBits.ManageThreads) ?? false);
  const role = roleOf(user.id, thread, { isModerator: moderates, roleIds: rights.roleIds, helperRoles });
  return role && { id: user.id, name: user.name, role };
}
