import type {
  Interaction,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Who } from '../intake.ts';

/**
 * One thing that members can use: a command, a menu entry, a kind of button, a form. Each is a file of this folder; a new
 * one is added to the list in `bridge.ts`.
 */
export interface Piece {
  /** The commands that Discord must know for it. */
  commands?: readonly RESTPostAPIApplicationCommandsJSONBody[];
  /**
   * Answers `interaction` and returns true, or returns false when it is not for this piece. Discord waits three seconds
   * for the first answer (https://docs.discord.com/developers/interactions/receiving-and-responding).
   */
  answer(interaction: Interaction, respond: Respond): Promise<boolean>;
}

/** Ways to answer that discord.js does not have, or does with fields that Discord's document does not know. */
export interface Respond {
  /** Completes an answer that was deferred, or changes one that was given. */
  complete(interaction: Interaction, body: RESTPatchAPIWebhookWithTokenMessageJSONBody): Promise<unknown>;
}

export function whoOf(interaction: Interaction): Who {
  const { user, locale } = interaction;
  return { id: user.id, name: user.globalName || user.username, locale };
}
