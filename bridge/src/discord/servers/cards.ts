import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { type Cards, cardEdit, cardPost } from '../../cases/public/cards.ts';
import type { GuildQueries } from '../../guilds/guilds.ts';
import type { CanonicalFile } from '../../messages/canonical.ts';
import { isRefusal, type RefusalReason, Refused } from '../../relay/errors.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Sent } from '../conversation/own-echoes.ts';
import type { Send } from '../conversation/send.ts';
import { callDiscord } from '../errors.ts';
import { renderCard } from '../render/case.ts';

export interface CardPostsOptions {
  store: Store;
  rest: REST;
  cards: Cards;
  guilds: GuildQueries;
  send: Send;
  /** Largest file that a channel takes, in bytes. */
  fileLimitOf(channelId: string): Promise<number>;
  /** Servers in which the bot is. */
  guildIds(): Promise<readonly string[]>;
  /** The card of a case could not be posted, and why. */
  failed(tx: Tx, caseNumber: number, reason: RefusalReason): Promise<void>;
  /** Somebody took the card of a case out of its channel, where it is not posted again. */
  removed(tx: Tx, caseNumber: number): Promise<void>;
}

/** The shortest time between two edits of one card, in milliseconds; what changes meanwhile is one edit. */
const MIN_EDIT_INTERVAL_MS = 1000;
/** Too many edits of a message older than an hour (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json). */
const TOO_MANY_EDITS = 30046;
const EDIT_LIMIT_WAIT_MS = 10 * 60_000;

/** Posts the cards of cases and keeps them up to date. */
export function createCardPosts({
  store,
  rest,
  cards,
  guilds,
  send,
  fileLimitOf,
  guildIds,
  failed,
  removed,
}: CardPostsOptions) {
  const find = (caseNumber: number) =>
    store.db.selectFrom('case_cards').selectAll().where('case_number', '=', caseNumber).executeTakeFirst();

  const deleteCard = (tx: Tx, caseNumber: number) =>
    tx.deleteFrom('case_cards').where('case_number', '=', caseNumber).execute();

  async function body(caseNumber: number, guildId: string) {
    const view = await cards.view(caseNumber);
    const guild = await guilds.find(guildId);
    return view && renderCard(view, guild?.locale ?? null);
  }

  const post = cardPost.handledBy({
    async run({ caseNumber, files }, attempt) {
      const card = await find(caseNumber);
      const message = card && (await body(caseNumber, card.guild_id));
      if (!card || !message) return undefined;
      const limit = files.length > 0 ? await fileLimitOf(card.channel_id) : 0;
      const sent = await sendWith(files, (file) =>
        send(card.channel_id, message, 0, attempt, {
          upload: file && { file, limit },
        }),
      );
      return {
        outcome: [sent],
        commit: async (tx) => {
          await tx
            .updateTable('case_cards')
            .set({ message_id: sent.id })
            .where('case_number', '=', caseNumber)
            .execute();
        },
      };
    },
    async refused(tx, { caseNumber }, reason) {
      await deleteCard(tx, caseNumber);
      await failed(tx, caseNumber, reason);
    },
  });

  /** Sends with the file, or without it where it is too large or gone. */
  async function sendWith(
    [file]: readonly CanonicalFile[],
    post: (file?: CanonicalFile) => Promise<Sent>,
  ): Promise<Sent> {
    if (!file) return post();
    try {
      return await post(file);
    } catch (error) {
      if (!(error instanceof Refused) || !['gone', 'unacceptable'].includes(error.reason)) throw error;
      return post();
    }
  }

  const edit = cardEdit.handledBy({
    async run({ caseNumber }) {
      const card = await find(caseNumber);
      if (!card?.message_id) return undefined;
      const elapsed = Date.now() - card.edited_at;
      if (elapsed < MIN_EDIT_INTERVAL_MS) return { againInMs: MIN_EDIT_INTERVAL_MS - elapsed };
      // A change after this asks for another edit; whatever came before is part of this one.
      await store.db
        .updateTable('case_cards')
        .set({ pending: 0 })
        .where('case_number', '=', caseNumber)
        .execute();
      const message = await body(caseNumber, card.guild_id);
      const route = Routes.channelMessage(card.channel_id, card.message_id);
      try {
        await callDiscord('edit a card', () =>
          message ? rest.patch(route, { body: message }) : rest.delete(route),
        );
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const code = error.cause instanceof DiscordAPIError ? Number(error.cause.code) : 0;
        if (code === TOO_MANY_EDITS) return { againInMs: EDIT_LIMIT_WAIT_MS };
        // Nothing that anybody can mend: once the bot is back there, every card is looked at.
        const isForbidden = error instanceof Refused && error.reason === 'forbidden';
        if (isForbidden && !(await guildIds()).includes(card.guild_id)) return undefined;
        // Somebody removed the card from the channel; it is not posted again.
        if (!(error instanceof Refused) || error.reason !== 'gone') throw error;
        return {
          commit: async (tx) => {
            await deleteCard(tx, caseNumber);
            if (message) await removed(tx, caseNumber);
          },
        };
      }
      // The case is no longer public, so it has no card.
      if (!message) return { commit: async (tx) => void (await deleteCard(tx, caseNumber)) };
      return {
        commit: async (tx) => {
          await tx
            .updateTable('case_cards')
            .set({ edited_at: Date.now() })
            .where('case_number', '=', caseNumber)
            .execute();
        },
      };
    },
  });

  return { handlers: [post, edit] as const };
}
