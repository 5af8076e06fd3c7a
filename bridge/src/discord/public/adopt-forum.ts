import {
  type APIMessage,
  type APIThreadChannel,
  type REST,
  type RESTGetAPIGuildThreadsResult,
  Routes,
} from 'discord.js';
import { type AdoptedPage, type Adoption, type OldMessage, solutionIn } from '../../forum/adoption.ts';
import { solvedTagIn } from '../../forum/decide.ts';
import { forumAdoption } from '../../forum/entries.ts';
import { snowflakeTime } from '../../messages/snowflake.ts';
import { Refused } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import { type PublicChannel, publicChannels } from '../../threads/channels.ts';
import { callDiscord } from '../errors.ts';
import { isPublicThread } from '../gateway/public-intake.ts';
import { MAX_PAGE_SIZE, readPage } from '../history.ts';

/** Between two pages, so that others have their turn in Discord's limits, in milliseconds. */
const PAUSE_MS = 2_000;
/** Titles by which people mark a solved thread. */
const SOLVED_TITLE = /^\s*(?:✅|\[?(?:solved|resolved|gelöst|解決済み?)(?!\p{L}))/iu;

const oldMessage = ({ id, author, content, pinned, reactions }: APIMessage): OldMessage => ({
  ...{ id, authorId: author.id, authorName: author.global_name || author.username },
  ...{ isBot: author.bot === true, text: content, isPinned: pinned },
  reactions: (reactions ?? []).flatMap(({ emoji }) => (emoji.id === null && emoji.name ? [emoji.name] : [])),
});

/** Reads what a forum holds from before it was served, a page at a time; nothing is written there. */
export function createForumReader({
  store,
  rest,
  adoption,
  solvedTag,
  isThanks,
}: {
  store: Store;
  rest: REST;
  adoption: Adoption;
  solvedTag: string;
  isThanks(text: string): boolean;
}) {
  const channels = publicChannels(store);

  /** Whether a thread is said to be solved. Without a tag for that in the forum, what stands in it may still say so. */
  function mayBeSolved({ applied_tags, name }: APIThreadChannel, channel: PublicChannel): boolean {
    if (SOLVED_TITLE.test(name ?? '')) return true;
    const tag = solvedTagIn(channel.tags, solvedTag);
    return tag ? (applied_tags ?? []).includes(tag.id) : channel.isForum;
  }

  async function learn(thread: APIThreadChannel, channel: PublicChannel): Promise<AdoptedPage['learned']> {
    const { id, owner_id: authorId, name } = thread;
    if (!authorId || !mayBeSolved(thread, channel)) return [];
    const page = await readPage(rest, 'read a thread', id, { after: String(BigInt(id) - 1n) });
    const messages = page.map(oldMessage);
    const question = messages.find((message) => message.authorId === authorId);
    const solution = solutionIn(messages, authorId, isThanks);
    if (!question || !solution) return [];
    return [
      {
        thread: {
          ...{ id, guild_id: channel.guild_id ?? '', channel_id: channel.id, author_id: authorId },
          ...{ title: name ?? '', question: question.text },
        },
        solution: { ...solution, messageId: solution.id },
        at: snowflakeTime(solution.id),
      },
    ];
  }

  /** Threads that are still active, which come before those that were archived. */
  async function activeIn(channel: PublicChannel): Promise<APIThreadChannel[]> {
    const guildId = channel.guild_id;
    if (guildId === null) return [];
    const { threads } = (await callDiscord('list threads', () =>
      rest.get(Routes.guildActiveThreads(guildId)),
    )) as RESTGetAPIGuildThreadsResult;
    return (threads as APIThreadChannel[]).filter(
      (thread) => thread.parent_id === channel.id && snowflakeTime(thread.id) < channel.served_since,
    );
  }

  async function pageOf(channel: PublicChannel, before: string | null): Promise<AdoptedPage> {
    const query = new URLSearchParams({ limit: String(MAX_PAGE_SIZE), ...(before ? { before } : {}) });
    const archived = (await callDiscord('list archived threads', () =>
      rest.get(Routes.channelThreads(channel.id, 'public'), { query }),
    )) as { threads: APIThreadChannel[]; has_more: boolean };
    const active = before === null ? await activeIn(channel) : [];
    const threads = [...active, ...archived.threads].filter(isPublicThread);
    const learned: AdoptedPage['learned'] = [];
    for (const thread of threads) {
      try {
        learned.push(...(await learn(thread, channel)));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    const last = archived.threads.at(-1)?.thread_metadata?.archive_timestamp ?? null;
    return { learned, looked: threads.length, before: archived.has_more ? last : null };
  }

  return {
    handlers: [
      forumAdoption.handledBy({
        async run({ channelId, since }) {
          const channel = await channels.find(channelId);
          if (!channel || channel.ended_at !== null || channel.served_since !== since) return undefined;
          const progress = await adoption.progress(channelId);
          if (!progress || channel.access === 'deleted') return undefined;
          // Until Discord has told what the channel is, its tags are not known.
          if (channel.guild_id === null || channel.access === 'hidden') return { againInMs: PAUSE_MS };
          try {
            const more = await adoption.keep(channelId, await pageOf(channel, progress.before));
            return more ? { againInMs: PAUSE_MS } : undefined;
          } catch (error) {
            // It may be let in again later, and goes on where it was then.
            if (error instanceof Refused && error.reason === 'forbidden') return { againInMs: 30 * 60_000 };
            throw error;
          }
        },
      }),
    ] as const,
  };
}
