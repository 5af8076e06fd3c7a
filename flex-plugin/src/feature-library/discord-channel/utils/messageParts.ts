import { DISCORD_MESSAGE_LIMIT, splitMarkdown } from '@flexcord/shared/messages/split';

export { DISCORD_MESSAGE_LIMIT };

/** How many Discord messages a text becomes: the bridge cuts it by the same rule. */
export const countMessageParts = (text: string): number => splitMarkdown(text).length;
