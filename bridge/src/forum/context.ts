import { foldCase } from '@flexcord/shared/messages/fold';
import { oneLine } from '@flexcord/shared/messages/one-line';
import { languageOf } from '../knowledge/text/terms.ts';
import { findMember } from '../members/members.ts';
import type { EntryKey } from '../relay/keys.ts';
import type { Store, Tx } from '../store/open.ts';
import { type PublicChannel, publicChannels } from '../threads/channels.ts';
import { lockThread, type PublicThread } from '../threads/threads.ts';
import type { ForumCard } from './cards.ts';
import { mayEscalate } from './decide.ts';
import { forumCard } from './entries.ts';
import type { ForumOptions } from './options.ts';
import { type ForumPost, postOf } from './posts.ts';
import { isWithTeam } from './team.ts';

/** Everything that one decision about a thread needs while its transaction is open. */
export interface ForumContext {
  tx: Tx;
  thread: PublicThread;
  channel: PublicChannel;
  post: ForumPost;
  /** What it is decided for, out of which the keys of what follows are made. */
  cause: EntryKey;
}

/** What a thread asks. Where Discord shows no words, its title. */
export const askedIn = ({ title, question }: Pick<PublicThread, 'title' | 'question'>): string => {
  const [name, words] = [title.trim(), question.trim()];
  // A title is often the first words of the question.
  if (words === '') return name;
  const begins = foldCase(words).startsWith(foldCase(name.replace(/(?:…|\.{3})$/, '')));
  return begins ? words : `${name}\n${words}`;
};

export const digestOf = (text: string): string =>
  new Bun.CryptoHasher('sha256')
    .update(oneLine(foldCase(text)))
    .digest('base64url')
    .slice(0, 22);

/** Makes contexts, and says things in threads. */
export function createContexts({ store, relay, guilds }: Pick<ForumOptions, 'store' | 'relay' | 'guilds'>) {
  const channels = publicChannels(store);

  /** Undefined where the thread is not served, or gone. */
  async function contextOf(tx: Tx, threadId: string, cause: EntryKey): Promise<ForumContext | undefined> {
    const thread = await lockThread(tx, threadId);
    if (!thread || thread.access === 'deleted') return undefined;
    const channel = await channels.find(thread.channel_id, tx);
    if (!channel || channel.ended_at !== null) return undefined;
    return { tx, thread, channel, post: await postOf(tx, threadId), cause };
  }

  /** The language that a thread is answered in: that of the question as far as its letters tell it, else its author's, or the server's. */
  async function localeOf(db: Store['db'] | Tx, thread: PublicThread): Promise<string | null> {
    const isJapanese = languageOf(askedIn(thread)) === 'ja';
    if (isJapanese) return 'ja';
    const author = thread.author_id === null ? undefined : await findMember(db as Tx, thread.author_id);
    const server = author?.locale ?? (await guilds.find(thread.guild_id, db))?.locale ?? null;
    return server?.startsWith('ja') ? 'en' : server;
  }

  return {
    channels,
    contextOf,
    localeOf,

    /** Whether the bot may write in a thread. */
    maySay: ({ thread, channel }: ForumContext): boolean =>
      channel.access === 'open' && thread.access !== 'locked' && thread.access !== 'deleted',

    /** Says something in a thread; nothing where the bot may not. Returns whether it is on its way. */
    async say(context: ForumContext, card: ForumCard, replyTo?: string): Promise<boolean> {
      const { tx, thread, channel, cause } = context;
      if (channel.access !== 'open' || thread.access === 'deleted') return false;
      const locale = await localeOf(tx, thread);
      const said = { threadId: thread.id, card, locale, ...(replyTo ? { replyTo } : {}) };
      await relay.append(tx, forumCard(said, cause));
      return true;
    },

    /** Whether its author is offered the team. */
    mayAskTeam: async ({ tx, thread, channel }: ForumContext): Promise<boolean> =>
      mayEscalate(channel.rule) && !(await isWithTeam(tx, thread.id)),
  };
}

export type Contexts = ReturnType<typeof createContexts>;
