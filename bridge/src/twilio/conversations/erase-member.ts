import { callTwilio, isNotFound, paceConversation, type Twilio } from '../client.ts';
import { memberIdentity } from '../format/to-twilio.ts';
import type { Media } from './media.ts';
import { createMemberReader } from './read-member.ts';

export interface MemberEraserOptions {
  twilio: Twilio;
  workspaceSid: string;
  media: Pick<Media, 'remove'>;
}

/** What Twilio held of a conversation and no longer does. */
export interface ErasedConversation {
  conversations: number;
  messages: number;
  participants: number;
  files: number;
  /** Files that Twilio did not let go; what becomes of those of a deleted message is not documented. */
  filesKept: number;
  tasks: number;
}

/** Task attributes that say who asks, and what for. Those that Flex keeps the task together by stay. */
const NAMING_ATTRIBUTES = [
  'name',
  'from',
  'customerName',
  'customerAddress',
  'customers',
  'summary',
  'locale',
  'caseNumber',
  'discordThread',
] as const;

/** Takes what Twilio holds about a member away. Doing it again changes nothing: what is gone is gone. */
export function createMemberEraser({ twilio, workspaceSid, media }: MemberEraserOptions) {
  const api = twilio.conversations.v1;
  const reader = createMemberReader(twilio);
  const workspace = twilio.taskrouter.v1.workspaces(workspaceSid);

  /** False where it was not there. */
  async function whereThere(what: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await callTwilio(what, work);
      return true;
    } catch (error) {
      if (isNotFound(error instanceof Error ? error.cause : error)) return false;
      throw error;
    }
  }

  /** Names go from the tasks that are still there; Twilio deletes those that are over soon by itself. */
  async function eraseTasks(conversationSid: string, name: string): Promise<number> {
    const tasks = await callTwilio('tasks of a conversation', () =>
      workspace.tasks.list({ evaluateTaskAttributes: `conversationSid == "${conversationSid}"`, limit: 20 }),
    );
    let changed = 0;
    for (const { sid, attributes } of tasks) {
      const left = Object.fromEntries(
        Object.entries(JSON.parse(attributes) as Record<string, unknown>).filter(
          ([key]) => !(NAMING_ATTRIBUTES as readonly string[]).includes(key),
        ),
      );
      const update = { attributes: JSON.stringify({ ...left, from: name, customerName: name }) };
      if (await whereThere('change a task', () => workspace.tasks(sid).update(update))) changed += 1;
    }
    return changed;
  }

  return {
    ...reader,

    /** A conversation with its messages, files and participants; `name` stands in its tasks from then on. */
    async eraseConversation(sid: string, name: string): Promise<ErasedConversation> {
      const erased = { conversations: 0, messages: 0, participants: 0, files: 0, filesKept: 0, tasks: 0 };
      erased.tasks = await eraseTasks(sid, name);
      const held = await reader.read(sid);
      if (!held) return erased;
      let participants = 0;
      await whereThere('participants', async () => {
        participants = (await api.conversations(sid).participants.list({ pageSize: 50 })).length;
      });
      for (const { mediaSid } of held.files) {
        await paceConversation(sid);
        if (await media.remove(mediaSid)) erased.files += 1;
        else erased.filesKept += 1;
      }
      await paceConversation(sid);
      // Its messages, participants and webhooks go with it
      // (https://www.twilio.com/docs/conversations-classic/api/conversation-resource#delete-a-conversation-resource).
      if (await whereThere('delete a conversation', () => api.conversations(sid).remove()))
        Object.assign(erased, { conversations: 1, messages: held.messages.length, participants });
      return erased;
    },

    /**
     * What a member said in a public thread of somebody else's: their messages go, and of the message that tells the thread so
     * far all that follows `link`. Returns how many messages went.
     */
    async eraseSpeaker(sid: string, memberId: string, link: string): Promise<number> {
      const held = await reader.read(sid);
      let gone = 0;
      for (const { sid: messageSid, author, body, files } of held?.messages ?? []) {
        const message = api.conversations(sid).messages(messageSid);
        if (author === memberIdentity(memberId)) {
          for (const mediaSid of files) await media.remove(mediaSid);
          await paceConversation(sid);
          if (await whereThere('remove a message', () => message.remove())) gone += 1;
          continue;
        }
        const at = body?.indexOf(link) ?? -1;
        if (at < 0 || body === null || body.length === at + link.length) continue;
        await paceConversation(sid);
        await whereThere('shorten a message', () =>
          message.update({ body: body.slice(0, at + link.length) }),
        );
      }
      return gone;
    },

    /** The chat user that Flex shows the name of. */
    eraseUser: (memberId: string): Promise<boolean> =>
      whereThere('delete a user', () => api.users(memberIdentity(memberId)).remove()),
  };
}

export type MemberEraser = ReturnType<typeof createMemberEraser>;
