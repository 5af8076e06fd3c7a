import { DISCORD_MESSAGE_LIMIT, splitMarkdown } from '@flexcord/shared/messages/split';

export { DISCORD_MESSAGE_LIMIT };

/** Into how many Discord messages the bridge splits a text. */
export const countMessageParts = (text: string): number => splitMarkdown(text).length;
