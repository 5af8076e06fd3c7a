import { Actions } from '@twilio/flex-ui';

/** A `before…` listener of another plugin cancelled the action; telling the agent why is up to it. */
export class ActionCancelled extends Error {
  override name = 'ActionCancelled';
}

/** Invokes a Flex Action. Rejects with the error of the action itself instead of Flex's wrapper around it. */
export async function invokeAction<Payload, Answer = void>(name: string, payload: Payload): Promise<Answer> {
  try {
    return (await Actions.invokeAction(name, payload)) as Answer;
  } catch (error) {
    // Flex 2.17 has no type for this: it throws a plain error with these words.
    if (/cancelled by before event$/.test((error as Error).message)) throw new ActionCancelled();
    const { content } = error as { content?: { wrappedError?: unknown } };
    throw content?.wrappedError ?? error;
  }
}
