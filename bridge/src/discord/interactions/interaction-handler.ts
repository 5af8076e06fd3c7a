import { type Interaction, PermissionFlagsBits } from 'discord.js';
import type { Rights } from '../../guilds/guilds.ts';
import type { MemberIdentity } from '../../members/members.ts';
import { nameOf } from '../format/readable.ts';
import type { Responder } from './responder.ts';

/**
 * One thing that members can use: a command, a menu entry, a kind of button, a form. Each is a file of this folder, a
 * command also an entry of `commands.ts`; a new one is added to the list in `wiring/community.ts` or, where it is part of a conversation, in `wiring/gateway.ts`.
 */
export interface InteractionHandler {
  /**
   * Answers `interaction` and returns true, or returns false when it is for another handler. Discord waits three seconds
   * for the first answer (https://docs.discord.com/developers/interactions/receiving-and-responding).
   */
  answer(interaction: Interaction, respond: Responder): Promise<boolean>;
}

export function userOf(interaction: Interaction): MemberIdentity {
  const { user, locale } = interaction;
  return { id: user.id, name: nameOf({ global_name: user.globalName, username: user.username }), locale };
}

/** What somebody may do where they used something. */
export function rightsOf(interaction: Interaction): Rights {
  const roles = interaction.member?.roles;
  return {
    administrator: interaction.memberPermissions?.has(PermissionFlagsBits.Administrator) ?? false,
    roleIds: Array.isArray(roles) ? roles : [...(roles?.cache.keys() ?? [])],
  };
}
