import {
  type APIModalInteractionResponseCallbackData,
  type Interaction,
  PermissionFlagsBits,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  type RepliableInteraction,
} from 'discord.js';
import type { Rights } from '../../guilds/guilds.ts';
import type { MemberIdentity } from '../../members/members.ts';

/**
 * One thing that members can use: a command, a menu entry, a kind of button, a form. Each is a file of this folder; a new
 * one is added to the list in `bridge.ts` or `wiring/community.ts`.
 */
export interface InteractionHandler {
  /** The commands that Discord must know for it. */
  commands?: readonly RESTPostAPIApplicationCommandsJSONBody[];
  /**
   * Answers `interaction` and returns true, or returns false when it is not for this piece. Discord waits three seconds
   * for the first answer (https://docs.discord.com/developers/interactions/receiving-and-responding).
   */
  answer(interaction: Interaction, respond: Respond): Promise<boolean>;
}

/** Ways to answer. Asked for by hand: discord.js adds fields that Discord's document does not know. */
export interface Respond {
  /** Completes an answer that was deferred, or changes one that was given. */
  complete(interaction: Interaction, body: RESTPatchAPIWebhookWithTokenMessageJSONBody): Promise<unknown>;
  /** The first answer, which only the asker sees. */
  reply(interaction: RepliableInteraction, body: Answer | string): Promise<void>;
  /** The first answer to a button, or to a form that a button opened: the message that it is under becomes this one. */
  update(interaction: RepliableInteraction, body: Answer): Promise<void>;
  /** The first answer to a command or button: a form opens. */
  form(interaction: RepliableInteraction, form: APIModalInteractionResponseCallbackData): Promise<void>;
}

export type Answer = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>;

export function userOf(interaction: Interaction): MemberIdentity {
  const { user, locale } = interaction;
  return { id: user.id, name: user.globalName || user.username, locale };
}

/** What somebody may do where they used something. */
export function rightsOf(interaction: Interaction): Rights {
  const roles = interaction.member?.roles;
  return {
    administrator: interaction.memberPermissions?.has(PermissionFlagsBits.Administrator) ?? false,
    roleIds: Array.isArray(roles) ? roles : [...(roles?.cache.keys() ?? [])],
  };
}
