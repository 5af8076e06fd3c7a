/** What discord.js's own connection lets through when the network goes away; it connects again by itself all the same. */
const NETWORK_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND', 'EPIPE']);
const FROM_DISCORD_JS = /[\\/](?:@discordjs[\\/]ws|discord\.js)[\\/]/;

/**
 * Whether an error that nobody caught is one that discord.js is known to let through on a lost network, after which its
 * connection goes on. Nothing else is: a bridge must not go on after a failure that nobody knows.
 */
export function isLostNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { stack = '', message } = error;
  // `WebSocketShard.onError` looks for a code in an error that Bun has not given it (https://github.com/discordjs/discord.js/issues/10840).
  if (error instanceof TypeError) return message.includes('"code" in') && /\bonError\b/.test(stack);
  // Its heartbeat, on a connection that ended meanwhile.
  if (message === "WebSocketShard wasn't connected") return true;
  const { code } = error as { code?: unknown };
  return NETWORK_CODES.has(String(code)) && FROM_DISCORD_JS.test(stack);
}
