import type { Sandbox } from '../sandbox.ts';

/** Hears of each step and when it began. */
export type Tell = (title: string, began: number) => void;

export const WAIT = { timeoutMs: 15_000 };

/** Runs the steps of a story; one that fails says which it was. */
export function steps(tell: Tell) {
  return async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const result = await work();
      tell(title, began);
      return result;
    } catch (error) {
      throw new Error(`${title}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  };
}

/** The next message of the bot's that fits. Asked for before what causes it. */
export function hearing(discord: Sandbox['discord']) {
  return function heard(words: string | RegExp) {
    const message = discord.waitForMessage(({ message: { author, content, embeds } }) => {
      if (author.id !== discord.applicationId) return false;
      const cards = embeds.flatMap(({ title, description }) => [title ?? '', description ?? '']);
      const text = [content, ...cards].join('\n');
      return typeof words === 'string' ? text.includes(words) : words.test(text);
    }, WAIT);
    // A step that fails before it waits for this must not leave an unhandled rejection behind.
    message.catch(() => {});
    return message;
  };
}
