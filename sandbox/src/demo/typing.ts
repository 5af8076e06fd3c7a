import type { Discord } from '../discord/index.ts';

/** How long Discord shows a typing indicator, in milliseconds, unless the message arrives first. */
const TYPING_MS = 10_000;

/** Who is typing where. `changed` is called when an indicator appears or ends. */
export function watchTyping(discord: Discord, changed: () => void) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const keyOf = (channelId: string, userId: string) => `${channelId}:${userId}`;
  function end(key: string): void {
    clearTimeout(timers.get(key));
    if (timers.delete(key)) changed();
  }
  const ends = [
    discord.on('typing', ({ channelId, userId }) => {
      const key = keyOf(channelId, userId);
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => end(key), TYPING_MS),
      );
      changed();
    }),
    discord.on('message', ({ message }) => end(keyOf(message.channel_id, message.author.id))),
  ];
  return {
    /** Ids of those who are typing in a channel. */
    in: (channelId: string): string[] =>
      [...timers.keys()].flatMap((key) => {
        const [channel, user = ''] = key.split(':');
        return channel === channelId ? user : [];
      }),
    stop() {
      for (const stop of ends) stop();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
