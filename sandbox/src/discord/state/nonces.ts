import type { DiscordState, MessageRecord } from './state.ts';

/**
 * The message that this author already made with this nonce "in the past few minutes".
 * https://docs.discord.com/developers/resources/message#create-message (`enforce_nonce`)
 */
export function messageOfNonce(
  state: DiscordState,
  authorId: string,
  nonce: string | number,
): MessageRecord | undefined {
  for (const [key, { at }] of state.nonces) {
    if (at + state.limits.nonceWindowMs > state.clock.now()) break;
    state.nonces.delete(key);
  }
  const known = state.nonces.get(`${authorId}:${nonce}`);
  return known && state.messages.get(known.channelId)?.get(known.messageId);
}

export function rememberNonce(state: DiscordState, message: MessageRecord): void {
  if (message.nonce === undefined) return;
  const key = `${message.authorId}:${message.nonce}`;
  state.nonces.delete(key);
  state.nonces.set(key, { channelId: message.channelId, messageId: message.id, at: state.clock.now() });
}
