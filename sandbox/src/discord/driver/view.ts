import type {
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { InteractionRecord, InteractionStatus } from '../interactions/record.ts';
import { toApiMessage } from '../state/messages.ts';
import type { DiscordState } from '../state/state.ts';
import { waitFor } from './wait.ts';

/** An interaction as the member who started it sees it; every property is live. */
export interface InteractionView {
  readonly id: string;
  readonly status: InteractionStatus;
  /** The answer, ephemeral ones included; for a click that edits its message, that message. Null while there is none. */
  readonly response: APIMessage | null;
  /** The modal that opened, if one did. */
  readonly modal: APIModalInteractionResponseCallbackData | null;
  /** The suggestions of an autocomplete. */
  readonly choices: APIApplicationCommandOptionChoice[];
  readonly followUps: APIMessage[];
  /**
   * Resolves once `condition` holds; default: once there is an answer or a failure (`answered`, `failed`).
   * Rejects after `timeoutMs`, default DEFAULT_WAIT_TIMEOUT_MS.
   */
  waitFor(
    condition?: (view: InteractionView) => boolean,
    options?: { timeoutMs?: number },
  ): Promise<InteractionView>;
}

const records = new WeakMap<InteractionView, InteractionRecord>();

/** The record behind a view. */
export function recordOf(view: InteractionView): InteractionRecord {
  const record = records.get(view);
  if (!record) throw new TypeError('This view was not made by this sandbox.');
  return record;
}

export function createView(state: DiscordState, record: InteractionRecord): InteractionView {
  const message = (id: string | undefined) => {
    const found = state.messages.get(record.channelId)?.get(id ?? '');
    return found ? toApiMessage(state, found, record.userId) : null;
  };
  const view: InteractionView = {
    id: record.id,
    get status() {
      return record.status;
    },
    get response() {
      return record.status === 'pending' || record.status === 'deferred'
        ? null
        : message(record.originalMessageId);
    },
    get modal() {
      return record.modal ?? null;
    },
    get choices() {
      return record.choices ?? [];
    },
    get followUps() {
      return record.followUpIds.flatMap((id) => message(id) ?? []);
    },
    waitFor(condition = (v) => v.status === 'answered' || v.status === 'failed', options = {}) {
      return waitFor(
        state,
        () => (condition(view) ? view : undefined),
        `interaction ${record.id}, which is ${record.status}`,
        options.timeoutMs,
      );
    },
  };
  records.set(view, record);
  return view;
}
