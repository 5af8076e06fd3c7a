import type { Interaction } from 'discord.js';
import { type Guild, type GuildQueries, isAdministrator, isModerator } from '../../guilds/guilds.ts';
import { textsFor } from '../../texts/index.ts';
import { rightsOf } from './interaction-handler.ts';

/** Where something may be used, or why not, in the user's language. `guild`: undefined for a server without a set-up. */
export type Permitted = { guildId: string; guild: Guild | undefined } | { why: string };

/** For what only moderators of a server may use. */
export async function forModerators(interaction: Interaction, guilds: GuildQueries): Promise<Permitted> {
  const { guildId } = interaction;
  const words = textsFor(interaction.locale).community;
  if (!guildId) return { why: words.onlyInServers };
  const guild = await guilds.find(guildId);
  return isModerator(guild, rightsOf(interaction)) ? { guildId, guild } : { why: words.onlyModerators };
}

/** For what only administrators of a server may use. */
export function forAdministrators(interaction: Interaction): { guildId: string } | { why: string } {
  const { guildId } = interaction;
  const words = textsFor(interaction.locale).community;
  if (!guildId) return { why: words.onlyInServers };
  return isAdministrator(rightsOf(interaction)) ? { guildId } : { why: words.onlyAdministrators };
}
