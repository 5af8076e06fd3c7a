import type { MessageRecord, World } from './world.ts';

/**
 * The message that this author already made with this nonce "in the past few minutes".
 * https://docs.discord.com/developers/resources/message#create-message (`enforce_nonce`)
 */
export function messageOfNonce(
  world: World,
  authorId: string,
  nonce: string | number,
): MessageRecord | undefined {
  for (const [key, { at }] of world.nonces) {
    if (at + world.limits.nonceWindowMs > world.clock.now()) break;
    world.nonces.delete(key);
  }
  const known = world.nonces.get(`${authorId}:${nonce}`);
  return known && world.messages.get(known.channelId)?.get(known.messageId);
}

export function rememberNonce(world: World, message: MessageRecord): void {
  if (message.nonce === undefined) return;
  const key = `${message.authorId}:${message.nonce}`;
  world.nonces.delete(key);
  world.nonces.set(key, { channelId: message.channelId, messageId: message.id, at: world.clock.now() });
}
