import { type APIChannel, type APIDMChannel, type REST, Routes } from 'discord.js';
import type { Cards } from '../../cases/public/cards.ts';
import type { GuildQueries } from '../../guilds/guilds.ts';
import { Refused, Transient } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord } from '../errors.ts';
import { MAX_PAGE_SIZE, readPage } from '../history.ts';
import type { OwnId } from '../own-id.ts';
import { renderCard } from '../render/case.ts';

export interface DiscordEraserOptions {
  store: Store;
  rest: REST;
  ownId: OwnId;
  cards: Pick<Cards, 'view'>;
  guilds: GuildQueries;
}

/** What of a channel is gone, and what only its author can delete. */
export interface ErasedChannel {
  deleted: number;
  /** The member's own messages: a bot cannot delete those of others in a direct message. */
  membersOwn: number;
}

const MAX_TRIES = 30;
const RETRY_MS = 1_000;

/** Takes away what the bot wrote to a member, and brings the cards of cases up to date. Doing it again changes nothing. */
export function createDiscordEraser({ store, rest, ownId, cards, guilds }: DiscordEraserOptions) {
  /** Null where there is nothing, or nothing that the bot may touch. Waits for limits of Discord's. */
  async function patiently<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await callDiscord(what, work);
      } catch (error) {
        if (error instanceof Refused) return null;
        if (!(error instanceof Transient) || tries === MAX_TRIES) throw error;
        await Bun.sleep(error.retryAfterMs ?? RETRY_MS);
      }
    }
  }

  /** Opens a thread that is archived, of which nothing can be deleted. True where it did. */
  async function reopen(channelId: string): Promise<boolean> {
    const channel = (await patiently('read a channel', () =>
      rest.get(Routes.channel(channelId)),
    )) as APIChannel | null;
    const isArchived = channel && 'thread_metadata' in channel && channel.thread_metadata?.archived;
    if (!isArchived) return false;
    await patiently('open a thread', () =>
      rest.patch(Routes.channel(channelId), { body: { archived: false } }),
    );
    return true;
  }

  async function deleteOwn(channelId: string, memberId: string): Promise<ErasedChannel> {
    const erased = { deleted: 0, membersOwn: 0 };
    const botId = await patiently('who am I', ownId);
    let before: string | undefined;
    for (;;) {
      const page = await patiently('read a channel', () =>
        readPage(rest, 'read a channel', channelId, { before }),
      );
      if (!page || page.length === 0) return erased;
      before = page[0]?.id;
      for (const { id, author } of page) {
        if (author.id === memberId) erased.membersOwn += 1;
        if (author.id !== botId) continue;
        // Discord's notes, such as that a thread was opened, are the bot's and stay.
        const gone = await patiently('delete a message', async () => {
          await rest.delete(Routes.channelMessage(channelId, id));
          return true;
        });
        if (gone) erased.deleted += 1;
      }
      if (page.length < MAX_PAGE_SIZE) return erased;
    }
  }

  return {
    /** The direct message with a member, opened where it is not known. Null where there is none. */
    async directMessageOf(memberId: string): Promise<string | null> {
      const channel = await patiently('open a direct message', () =>
        rest.post(Routes.userChannels(), { body: { recipient_id: memberId } }),
      );
      return (channel as APIDMChannel | null)?.id ?? null;
    },

    /** Deletes what the bot wrote in a channel. A thread that is archived is opened for that, and archived again. */
    async eraseChannel(channelId: string, memberId: string): Promise<ErasedChannel> {
      const isReopened = await reopen(channelId);
      const erased = await deleteOwn(channelId, memberId);
      if (isReopened) {
        await patiently('archive a thread', () =>
          rest.patch(Routes.channel(channelId), { body: { archived: true } }),
        );
      }
      return erased;
    },

    /** Shows on the card of a case what there is of it now; its files go. False where it has no card. */
    async rewriteCard(caseNumber: number): Promise<boolean> {
      const card = await store.db
        .selectFrom('case_cards')
        .select(['guild_id', 'channel_id', 'message_id'])
        .where('case_number', '=', caseNumber)
        .executeTakeFirst();
      const { message_id } = card ?? {};
      const view = await cards.view(caseNumber);
      if (!card || !message_id || !view) return false;
      const body = {
        ...renderCard(view, (await guilds.find(card.guild_id))?.locale ?? null),
        attachments: [],
      };
      const done = await patiently('edit a card', async () => {
        await rest.patch(Routes.channelMessage(card.channel_id, message_id), { body });
        return true;
      });
      return done ?? false;
    },
  };
}

export type DiscordEraser = ReturnType<typeof createDiscordEraser>;
