import type { APIMessage } from 'discord-api-types/v10';
import type { Sandbox } from '../sandbox.ts';

/** Called after each step with its title and the time at which it began (`performance.now()`). */
export type StepListener = (title: string, began: number) => void;

/** Runs the steps of a tour one by one; the error of a step that fails names the step. */
export function steps(onStep: StepListener) {
  return async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const result = await work();
      onStep(title, began);
      return result;
    } catch (error) {
      throw new Error(`${title}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  };
}

/** The text of a message as a member reads it, with the titles and descriptions of its cards. */
export const textOf = ({ content, embeds }: Pick<APIMessage, 'content' | 'embeds'>): string =>
  [content, ...embeds.flatMap(({ title = '', description = '' }) => [title, description])].join('\n');

/** Waits for the bot's next message that contains `words`. Call it before the action that causes the message. */
export function botMessageWaiter(discord: Sandbox['discord']) {
  return function nextBotMessage(words: string | RegExp) {
    const message = discord.waitForMessage(({ message: { author, content, embeds } }) => {
      if (author.id !== discord.applicationId) return false;
      const text = textOf({ content, embeds });
      return typeof words === 'string' ? text.includes(words) : words.test(text);
    });
    // A step that fails before it waits for this must not leave an unhandled rejection behind.
    message.catch(() => {});
    return message;
  };
}
