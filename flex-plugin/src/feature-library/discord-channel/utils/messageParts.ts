/** Characters in one Discord message (https://discord.com/developers/docs/resources/message#create-message). */
export const DISCORD_MESSAGE_LIMIT = 2000;

/**
 * How many Discord messages a text becomes when it is cut at the last paragraph, line or word that fits.
 * The bridge never cuts inside a code block or a link, so a text that has such may need one more.
 */
export function countMessageParts(text: string, limit = DISCORD_MESSAGE_LIMIT): number {
  let rest = text.trim();
  let parts = rest.length > 0 ? 1 : 0;
  while (rest.length > limit) {
    rest = rest.slice(cutAt(rest, limit)).trimStart();
    if (rest.length > 0) parts += 1;
  }
  return parts;
}

function cutAt(text: string, limit: number): number {
  const window = text.slice(0, limit + 1);
  for (const boundary of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(boundary);
    // A very early boundary would leave a tiny message; a later, weaker one reads better.
    if (at >= limit / 2) return at;
  }
  return limit;
}
