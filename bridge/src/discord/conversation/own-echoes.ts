import { remembered } from '../remembered.ts';

/** Where a message of ours is. */
export interface Sent {
  channelId: string;
  /** Discord message id. */
  id: string;
}

const MAX_ECHOES = 20_000;
/** Longer than a request of ours is tried again before its entry waits for minutes, in milliseconds. */
const ECHO_LIFE_MS = 10 * 60_000;

/**
 * What the gateway says of the bot's own messages, by nonce: the certain sign that a request took effect whose answer was
 * lost. Only where the gateway says it, and in the process that holds the gateway; nothing may depend on an echo.
 */
export function createOwnEchoes() {
  const echoes = remembered<Sent>(MAX_ECHOES, ECHO_LIFE_MS);
  return {
    heard: (nonce: string, sent: Sent) => void echoes.set(nonce, sent),
    find: (nonce: string) => echoes.get(nonce),
  };
}

export type OwnEchoes = ReturnType<typeof createOwnEchoes>;
