import type {
  APIApplicationCommandOptionChoice,
  APIInteraction,
  APIModalInteractionResponseCallbackData,
  InteractionType,
} from 'discord-api-types/v10';

/**
 * `pending`: no response yet. `deferred`: "thinking". `answered`: a message, a modal, choices or an acknowledged click.
 * `failed`: no first response in time, or a deferred one that was never filled.
 */
export type InteractionStatus = 'pending' | 'deferred' | 'answered' | 'failed';

export interface InteractionRecord {
  id: string;
  token: string;
  type: InteractionType;
  userId: string;
  channelId: string;
  guildId?: string;
  createdAt: number;
  status: InteractionStatus;
  /** Exactly what the application received in INTERACTION_CREATE. */
  payload: APIInteraction;
  /** The message that carries the clicked component or that opened the modal. */
  sourceMessageId?: string;
  /** What `messages/@original` means. */
  originalMessageId?: string;
  followUpIds: string[];
  modal?: APIModalInteractionResponseCallbackData;
  choices?: APIApplicationCommandOptionChoice[];
  /** The interaction whose modal this one submits. */
  openedBy?: InteractionRecord;
  timer?: ReturnType<typeof setTimeout>;
}
