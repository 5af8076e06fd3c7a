import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  InteractionResponseType,
  MessageFlags,
  type REST,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  type RepliableInteraction,
  Routes,
} from 'discord.js';
import { callDiscord } from '../errors.ts';

export type Answer = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>;

/**
 * The only way to answer an interaction. Requests are made by hand: discord.js adds fields that Discord's document does
 * not know. No mention in an answer pings anybody.
 */
export interface Responder {
  /** The first answer, which only the asker sees. */
  reply(interaction: RepliableInteraction, body: Answer | string): Promise<void>;
  /** The first answer to a button, or to a form that a button opened: the message that it is under becomes this one. */
  update(interaction: RepliableInteraction, body: Answer): Promise<void>;
  /** The first answer to a command or button: a form opens. */
  form(interaction: RepliableInteraction, form: APIModalInteractionResponseCallbackData): Promise<void>;
  /** The first answer where the rest takes a while; only the asker sees what `complete` brings then. */
  defer(interaction: RepliableInteraction): Promise<void>;
  /** The first answer to a button whose message stays as it is. */
  acknowledge(interaction: RepliableInteraction): Promise<void>;
  /** What may be chosen for the option that is being written. */
  suggest(
    interaction: AutocompleteInteraction,
    choices: readonly APIApplicationCommandOptionChoice[],
  ): Promise<void>;
  /** Completes an answer that was deferred. */
  complete(
    interaction: RepliableInteraction,
    body: RESTPatchAPIWebhookWithTokenMessageJSONBody,
  ): Promise<void>;
}

const SILENT = { allowed_mentions: { parse: [] } };

export function createResponder(rest: REST): Responder {
  async function post(
    { id, token }: RepliableInteraction | AutocompleteInteraction,
    type: InteractionResponseType,
    data?: unknown,
  ): Promise<void> {
    await callDiscord('answer an interaction', () =>
      rest.post(Routes.interactionCallback(id, token), {
        auth: false,
        body: data === undefined ? { type } : { type, data },
      }),
    );
  }

  async function first(
    interaction: RepliableInteraction,
    type: InteractionResponseType,
    data?: unknown,
  ): Promise<void> {
    await post(interaction, type, data);
    interaction.replied = true;
  }

  async function later(
    interaction: RepliableInteraction,
    type: InteractionResponseType,
    data?: unknown,
  ): Promise<void> {
    await post(interaction, type, data);
    interaction.deferred = true;
  }

  return {
    reply: (interaction, body) =>
      first(interaction, InteractionResponseType.ChannelMessageWithSource, {
        ...SILENT,
        ...(typeof body === 'string' ? { content: body } : body),
        flags: MessageFlags.Ephemeral,
      }),
    update: (interaction, body) =>
      first(interaction, InteractionResponseType.UpdateMessage, { ...SILENT, ...body }),
    form: (interaction, form) => first(interaction, InteractionResponseType.Modal, form),
    defer: (interaction) =>
      later(interaction, InteractionResponseType.DeferredChannelMessageWithSource, {
        flags: MessageFlags.Ephemeral,
      }),
    acknowledge: (interaction) => later(interaction, InteractionResponseType.DeferredMessageUpdate),
    suggest: (interaction, choices) =>
      post(interaction, InteractionResponseType.ApplicationCommandAutocompleteResult, { choices }),
    async complete(interaction, body) {
      await callDiscord('answer an interaction', () =>
        rest.patch(Routes.webhookMessage(interaction.applicationId, interaction.token), {
          auth: false,
          body: { ...SILENT, ...body },
        }),
      );
    },
  };
}
