import { Actions } from '@twilio/flex-ui';

/** A listener of `before…` said no. It tells the agent why, if anybody does. */
export class ActionCancelled extends Error {
  override name = 'ActionCancelled';
}

/** Invokes one of Flex's or our actions; a failure is what the action itself threw, not what Flex makes of it. */
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
