import { type Direction, digestOf, type Mark, marksIn, tokensIn, wholeIn } from './book.ts';
import { type Clouds, publicPlace } from './clouds.ts';

/** One message as a cloud holds it at the end, as far as people wrote it. */
export interface Held {
  direction: Direction;
  /** In whose direct messages, or in whose conversations, it stands. */
  memberId: string;
  /** Channel or conversation, and message. */
  where: string;
  /** In the order of the place; conversations of a member follow each other. */
  marks: Mark[];
  /** The pieces of text that are here as they were written, as `token part`. */
  whole: string[];
  /** The member in whose name it is shown to agents. */
  author?: string;
  /** Everybody can write and read there. */
  isPublic?: boolean;
  /** The agent in whose name it is shown to the member, where one is named. */
  signedBy?: string | undefined;
  /** A text that several messages share. */
  same?: string;
  files: HeldFile[];
  /** Says that its author deleted it. */
  isMarkedDeleted: boolean;
  /** False where nobody can change it any more. */
  isOpen: boolean;
}

export interface HeldFile {
  token: string;
  digest: string;
}

/** What a member's way to an agent has led to. */
export interface HeldConversation {
  sid: string;
  memberId: string;
  isOpen: boolean;
  tasks: number;
  /** Those of them that are not over. */
  openTasks: number;
}

export interface Holdings {
  messages: Held[];
  conversations: HeldConversation[];
  /** Messages that tell somebody that something was not delivered. */
  undeliveredNotices: number;
}

const UNDELIVERED = /was not delivered/;
/** Stands for the member where everybody can read it. */
const PUBLIC = 'everybody';
/** Before the words of a member in public. */
const SPEAKER = /^Member \d+:\s/;
/** Before the words of an agent. */
const NAME = /^\*\*([^*]+)\*\*:\s*/;
const OVER: readonly string[] = ['canceled', 'completed'];
const DELETED = /^\[[^\]]* deleted this message\]\n?/;
const EDITED = /\n\[(?:Edited|File removed)[\s\S]*$/;

/**
 * Reads both clouds as somebody does who is neither bridge nor member: Discord's channels, Twilio's transcripts, tasks and
 * media. `identical`: texts that several messages share.
 */
export function createReader(clouds: Clouds, identical: ReadonlySet<string>) {
  const { discord, twilio } = clouds;
  const digests = new Map<string, HeldFile>();

  async function fileAt(id: string, url: string, headers: Record<string, string> = {}): Promise<HeldFile> {
    const known = digests.get(id);
    if (known) return known;
    const response = await fetch(url, { headers });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const [token = ''] = tokensIn(new TextDecoder().decode(bytes.subarray(0, 64)));
    const file = { token, digest: digestOf(bytes) };
    digests.set(id, file);
    return file;
  }

  async function onDiscord(): Promise<{ messages: Held[]; undelivered: number }> {
    const messages: Held[] = [];
    let undelivered = 0;
    for (const { id: memberId, dmChannelId } of clouds.members()) {
      for (const message of discord.messages(dmChannelId)) {
        if (message.author.id !== discord.applicationId) continue;
        if (UNDELIVERED.test(message.content)) undelivered += 1;
        const words = message.content.replace(NAME, '');
        const marks = marksIn(words);
        const same = identical.has(words) ? words : undefined;
        if (marks.length === 0 && same === undefined && message.attachments.length === 0) continue;
        const files = [];
        for (const { id, url } of message.attachments) files.push(await fileAt(id, url));
        messages.push({
          direction: 'to-member',
          memberId,
          where: `Discord channel ${dmChannelId}, message ${message.id}`,
          marks,
          whole: wholeIn(words),
          signedBy: NAME.exec(message.content)?.[1],
          same,
          files,
          isMarkedDeleted: false,
          isOpen: true,
        });
      }
    }
    for (const threadId of clouds.threads()) {
      for (const message of discord.messages(threadId)) {
        if (message.author.id !== discord.applicationId) continue;
        const words = message.content.replace(NAME, '');
        const marks = marksIn(words);
        const same = identical.has(words) ? words : undefined;
        if (marks.length === 0 && same === undefined && message.attachments.length === 0) continue;
        const files = [];
        for (const { id, url } of message.attachments) files.push(await fileAt(id, url));
        messages.push({
          ...{ direction: 'to-member', memberId: publicPlace(threadId), isPublic: true },
          ...{
            where: `public thread ${threadId}, message ${message.id}`,
            marks,
            whole: wholeIn(words),
            same,
            files,
          },
          ...{ signedBy: NAME.exec(message.content)?.[1], isMarkedDeleted: false, isOpen: true },
        });
      }
    }
    // What two people say to each other has no business where all can read it.
    for (const { id, name } of clouds.guild.channels) {
      for (const { author, content, id: messageId, attachments } of discord.messages(id)) {
        const [marks, files] = [marksIn(content), []] as [Mark[], HeldFile[]];
        if (author.id !== discord.applicationId) continue;
        for (const { id: fileId, url } of attachments) files.push(await fileAt(fileId, url));
        if (marks.length === 0 && files.length === 0) continue;
        messages.push({
          ...{
            direction: 'to-member',
            memberId: PUBLIC,
            where: `public channel ${name}, message ${messageId}`,
          },
          ...{ marks, files, whole: [], isMarkedDeleted: false, isOpen: true },
        });
      }
    }
    return { messages, undelivered };
  }

  async function onTwilio() {
    const messages: Held[] = [];
    const conversations: HeldConversation[] = [];
    let undelivered = 0;
    const authorization = `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`;
    const tasks = Map.groupBy(twilio.tasks(), ({ conversationSid }) => conversationSid);
    for (const { sid, state, identities, attributes } of twilio.conversations()) {
      const isOpen = state !== 'closed';
      const customer = identities.find((one) => one.startsWith('discord_')) ?? attributes.customerAddress;
      const memberId = String(customer ?? '').replace('discord_', '');
      const its = tasks.get(sid) ?? [];
      const openTasks = its.filter(({ status }) => !OVER.includes(status)).length;
      conversations.push({ sid, memberId, isOpen, tasks: its.length, openTasks });
      for (const message of twilio.messages(sid)) {
        if (UNDELIVERED.test(message.body ?? '')) undelivered += 1;
        if (!message.author.startsWith('discord_')) continue;
        const body = message.body ?? '';
        const isMarked = DELETED.test(body);
        const isPublic = memberId.startsWith(publicPlace(''));
        const shown = body.replace(DELETED, '').replace(EDITED, '');
        // In public the name of whoever speaks leads the words.
        const words = isPublic ? shown.replace(SPEAKER, '') : shown;
        const marks = marksIn(words);
        const same = identical.has(words) ? words : undefined;
        if (marks.length === 0 && same === undefined && message.media.length === 0) continue;
        const files = [];
        for (const { sid: medium } of message.media) {
          const url = `${twilio.url}/mcs/v1/Services/${twilio.serviceSid}/Media/${medium}/Content`;
          files.push(await fileAt(medium, url, { authorization }));
        }
        messages.push({
          direction: 'to-agent',
          memberId,
          where: `Twilio conversation ${sid}, message ${message.sid}, index ${message.index}`,
          marks,
          whole: wholeIn(words),
          author: message.author.replace('discord_', ''),
          isPublic,
          same,
          files,
          isMarkedDeleted: isMarked || (message.body === null && message.attributes.deleted === true),
          isOpen,
        });
      }
    }
    return { messages, conversations, undelivered };
  }

  return async function read(): Promise<Holdings> {
    const [there, here] = [await onDiscord(), await onTwilio()];
    return {
      messages: [...there.messages, ...here.messages],
      conversations: here.conversations,
      undeliveredNotices: there.undelivered + here.undelivered,
    };
  };
}
