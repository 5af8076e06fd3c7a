import { ChannelType } from 'discord-api-types/v10';
import { readForm } from '../validate/form.ts';
import type { Upload } from './attachments.ts';
import { createThread } from './channels.ts';
import { composeMessage } from './compose.ts';
import { readAppliedTags } from './forums.ts';
import type { ChannelRecord, DiscordState, MessageRecord } from './state.ts';

/** Makes a post in a forum: a thread and its first message, which has the thread's own id. Checks the tags and the message. */
export function createPost(
  state: DiscordState,
  forum: ChannelRecord,
  options: {
    name: string;
    authorId: string;
    /** As in the body of the request. */
    tags: unknown;
    message: unknown;
    uploads: ReadonlyMap<string, Upload>;
    autoArchiveMinutes?: number;
    rateLimitPerUser?: number;
  },
): { thread: ChannelRecord; message: MessageRecord } {
  const { name, authorId, uploads, autoArchiveMinutes, rateLimitPerUser } = options;
  const form = readForm({ applied_tags: options.tags });
  const appliedTags = readAppliedTags(state, forum, authorId, form, null) ?? [];
  const thread = createThread(state, forum, {
    ...{ name, type: ChannelType.PublicThread, ownerId: authorId, appliedTags },
    ...{ autoArchiveMinutes, rateLimitPerUser },
  });
  const message = composeMessage(state, {
    ...{ authorId, channel: thread, body: options.message, uploads },
    parts: { id: thread.id },
  });
  return { thread, message };
}
