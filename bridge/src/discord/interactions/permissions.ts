import type { Interaction } from 'discord.js';
import { type Guild, type GuildQueries, isAdministrator, isModerator } from '../../guilds/guilds.ts';
import { textsFor } from '../../texts/index.ts';
import { rightsOf } from './interaction-handler.ts';

/** Why somebody may not use something, in their language. */
export interface Refusal {
  is: 'refused';
  reason: string;
}

interface Permitted {
  is: 'permitted';
  guildId: string;
}

/** Decides on what only moderators of a server may use. `guild` is undefined where the server was never set up. */
export async function forModerators(
  interaction: Interaction,
  guilds: GuildQueries,
): Promise<(Permitted & { guild: Guild | undefined }) | Refusal> {
  const { guildId } = interaction;
  const words = textsFor(interaction.locale).community;
  if (!guildId) return { is: 'refused', reason: words.onlyInServers };
  const guild = await guilds.find(guildId);
  return isModerator(guild, rightsOf(interaction))
    ? { is: 'permitted', guildId, guild }
    : { is: 'refused', reason: words.onlyModerators };
}

/** Decides on what only administrators of a server may use. */
export function forAdministrators(interaction: Interaction): Permitted | Refusal {
  const { guildId } = interaction;
  const words = textsFor(interaction.locale).community;
  if (!guildId) return { is: 'refused', reason: words.onlyInServers };
  return isAdministrator(rightsOf(interaction))
    ? { is: 'permitted', guildId }
    : { is: 'refused', reason: words.onlyAdministrators };
}
