import type { DiscordUser } from '../src/discord/index.ts';
import type { Agent, MessageView } from '../src/twilio/index.ts';
import { type Book, type Direction, digestOf, pieceOf, type Sent, tokenOf } from './book.ts';
import { type Clouds, publicPlace } from './clouds.ts';
import type { Random } from './random.ts';

/** A chat that a member has with an agent. */
interface Chat {
  conversationSid: string;
  taskSid: string;
  agent: Agent;
}

/** Something that was written and can be changed by its author. */
interface Own {
  token: string;
  edit(text: string): void;
  remove(): void;
}

/** A member, and the agent who talks to them where there is one. */
export interface Pair {
  member: DiscordUser;
  /** Where they talk: the member's id, or a public thread. */
  placeId: string;
  /** The public thread, in which the member is a speaker. */
  threadId?: string;
  index: number;
  chat?: Chat;
  /** When they last asked for a person; 0 never. */
  askedAt: number;
  numbers: Record<Direction, number>;
  /** The latest that each side wrote, oldest first. */
  own: Record<Direction, Own[]>;
}

export interface Letter {
  /** Words that follow the token; several make as many paragraphs. None for a file alone. */
  words?: string[];
  same?: string;
  files?: number;
  isFirst?: boolean;
}

const WORDS =
  'amber river lantern harbour meadow copper willow granite orchard violet thunder saddle compass timber marble canyon feather pebble saffron'.split(
    ' ',
  );
/** What everybody says who wants a person. */
export const ASKING = 'I want to talk to a person';
const KEPT_OWN = 40;
/** Few, so that a size tells nothing about which file it is. */
const FILE_SIZES = [64, 700, 9000];
const FILE_TYPES = [
  ['txt', 'text/plain'],
  ['pdf', 'application/pdf'],
  ['mp3', 'audio/mpeg'],
] as const;

/** Members and agents at their screens: whatever they do goes into the book, then onto their own cloud. */
export function createPeople(clouds: Clouds, book: Book, random: Random) {
  const { twilio, trace } = clouds;
  const pairs: Pair[] = [];
  const byAddress = new Map<string, Pair>();
  const byConversation = new Map<string, Pair>();

  const pace = random.fork('pace');
  const someWords = (count: number) => Array.from({ length: count }, () => random.pick(WORDS)).join(' ');

  function fileFor(token: string, index: number) {
    const size = random.pick(FILE_SIZES);
    const [ending, contentType] = random.pick(FILE_TYPES);
    const head = new TextEncoder().encode(`${token} ${index} `);
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 1)
      bytes[at] = at < head.byteLength ? (head[at] as number) : random.whole(256);
    return { name: `${token}-${index}.${ending}`, contentType, bytes };
  }

  function write(pair: Pair, direction: Direction, letter: Letter): Sent | undefined {
    const { words = [], same, files: fileCount = 0, isFirst = false } = letter;
    const { chat } = pair;
    if (direction === 'to-member' && !chat) return undefined;
    pair.numbers[direction] += 1;
    const token = tokenOf(direction, pair.index, pair.numbers[direction]);
    const files = Array.from({ length: fileCount }, (_, index) => fileFor(token, index));
    const text =
      same ??
      words.map((one, part) => pieceOf(token, 1, one, words.length > 1 ? part : undefined)).join('\n\n');
    const sent = book.write({
      token,
      direction,
      memberId: pair.placeId,
      speakerId: direction === 'to-agent' && pair.threadId ? pair.member.id : undefined,
      isFirst,
      same,
      by: direction === 'to-member' ? chat?.agent.fullName : undefined,
      texts: words.length,
      files: files.map(({ bytes }) => ({ digest: digestOf(bytes) })),
    });
    const own =
      direction === 'to-agent'
        ? writeAsMember(pair, text, files)
        : writeAsAgent(chat as Chat, text, files[0]);
    if (words.length === 1) {
      pair.own[direction].push({ token, ...own });
      if (pair.own[direction].length > KEPT_OWN) pair.own[direction].shift();
    }
    return sent;
  }

  function writeAsMember({ member, threadId }: Pair, text: string, files: ReturnType<typeof fileFor>[]) {
    const attachments = files.map(({ name, contentType, bytes: data }) => ({ name, contentType, data }));
    const message = threadId ? member.say(threadId, text, { attachments }) : member.dm(text, { attachments });
    return {
      edit: (words: string) => void member.edit(message, words),
      remove: () => member.delete(message),
    };
  }

  function writeAsAgent({ agent, conversationSid }: Chat, text: string, file?: ReturnType<typeof fileFor>) {
    const media = file && { filename: file.name, contentType: file.contentType, bytes: file.bytes };
    const view: MessageView = agent.send(conversationSid, text, { media });
    return {
      edit: (words: string) => void agent.edit(view, words),
      remove: () => agent.remove(view),
    };
  }

  const isChangeable = (pair: Pair, direction: Direction) =>
    direction === 'to-agent' || pair.chat !== undefined;

  /** Edits or removes one of the latest; false where there is none. `latest` takes the very last. */
  function change(pair: Pair, direction: Direction, what: 'edit' | 'remove', latest = false): boolean {
    const own = pair.own[direction];
    const one = latest ? own.at(-1) : own[random.whole(Math.max(1, own.length))];
    if (!one || !isChangeable(pair, direction)) return false;
    try {
      if (what === 'edit') {
        one.edit(pieceOf(one.token, (book.find(one.token)?.version ?? 0) + 1, someWords(4)));
        book.edit(one.token);
      } else {
        one.remove();
        book.remove(one.token);
        own.splice(own.indexOf(one), 1);
      }
      return true;
    } catch {
      // Of a conversation that is over: the agent's own client would not have let them.
      own.splice(own.indexOf(one), 1);
      return false;
    }
  }

  /** In the same words every time: a token beside them could be read as something else. */
  function ask(pair: Pair): void {
    if (pair.threadId) return;
    pair.askedAt = Date.now();
    write(pair, 'to-agent', { same: ASKING });
  }

  twilio.on('reservation', ({ reservationSid, workerSid, status }) => {
    if (status !== 'pending') return;
    const agent = clouds.agents.find((one) => one.workerSid === workerSid);
    if (agent) setTimeout(() => void accept(agent, reservationSid), pace.between(0, 200));
  });
  twilio.on('conversation', ({ conversationSid, state }) => {
    const pair = byConversation.get(conversationSid);
    if (state !== 'closed' || pair?.chat?.conversationSid !== conversationSid) return;
    pair.chat = undefined;
    pair.own['to-member'] = [];
  });

  async function accept(agent: Agent, reservationSid: string): Promise<void> {
    try {
      const task = await agent.accept(reservationSid);
      const pair = byAddress.get(String(task.attributes.customerAddress));
      const { conversationSid, sid: taskSid } = task;
      if (!pair || !conversationSid) return;
      byConversation.set(conversationSid, pair);
      pair.chat = { conversationSid, taskSid, agent };
    } catch (error) {
      trace.event(`an agent could not accept ${reservationSid}: ${error}`);
    }
  }

  return {
    pairs,
    someWords,
    write,
    change,
    ask,
    /** Somebody new with their first words; they have not asked for a person yet. */
    arrive(): Pair {
      const member = clouds.newMember();
      const pair: Pair = {
        member,
        placeId: member.id,
        index: pairs.length,
        askedAt: 0,
        numbers: { 'to-agent': 0, 'to-member': 0 },
        own: { 'to-agent': [], 'to-member': [] },
      };
      pairs.push(pair);
      byAddress.set(`discord_${member.id}`, pair);
      write(pair, 'to-agent', { words: [someWords(3)], isFirst: true });
      return pair;
    },
    /** A member who also talks in private posts in the forum; what they write there before the team comes is no message of its own. */
    post(member: DiscordUser): void {
      const threadId = clouds.post(member, someWords(3));
      const pair: Pair = {
        ...{ member, threadId, placeId: publicPlace(threadId), index: pairs.length, askedAt: 0 },
        numbers: { 'to-agent': 0, 'to-member': 0 },
        own: { 'to-agent': [], 'to-member': [] },
      };
      pairs.push(pair);
      byAddress.set(`discord_${pair.placeId}`, pair);
    },
    /** The agent ends the chat; the conversation closes. */
    end(pair: Pair): void {
      const { chat } = pair;
      if (!chat) return;
      try {
        trace.ends(chat.conversationSid);
        chat.agent.complete(chat.taskSid);
      } catch (error) {
        trace.event(`a chat could not be ended: ${error}`);
      }
    },
  };
}

export type People = ReturnType<typeof createPeople>;
