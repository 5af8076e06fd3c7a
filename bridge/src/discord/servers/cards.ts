import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { type Cards, cardEdit, cardPost } from '../../cases/public/cards.ts';
import type { GuildQueries } from '../../guilds/guilds.ts';
import type { CanonicalFile } from '../../messages/canonical.ts';
import { type RefusalReason, Refused } from '../../relay/errors.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Delivery } from '../conversation/deliver.ts';
import { callDiscord } from '../errors.ts';
import { DISCORD_FILE_LIMIT } from '../format/to-discord.ts';
import { renderCard } from '../render/case.ts';

export interface CardPostsOptions {
  store: Store;
  rest: REST;
  cards: Cards;
  guilds: GuildQueries;
  send: Delivery['send'];
  /** The card of a case could not be posted, and why. */
  failed(tx: Tx, caseNumber: number, reason: RefusalReason): Promise<void>;
}

/** The shortest time between two edits of one card, in milliseconds; what changes meanwhile is one edit. */
const GAP_MS = 1000;
/** Too many edits of a message older than an hour (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json). */
const TOO_MANY_EDITS = 30046;
const TOO_MANY_EDITS_MS = 10 * 60_000;

/** Posts the cards of cases and keeps them as the cases are. */
export function createCardPosts({ store, rest, cards, guilds, send, failed }: CardPostsOptions) {
  const find = (caseNumber: number) =>
    store.db.selectFrom('case_cards').selectAll().where('case_number', '=', caseNumber).executeTakeFirst();

  const forget = (tx: Tx, caseNumber: number) =>
    tx.deleteFrom('case_cards').where('case_number', '=', caseNumber).execute();

  async function body(caseNumber: number, guildId: string) {
    const view = await cards.view(caseNumber);
    const guild = await guilds.find(guildId);
    return view && renderCard(view, guild?.locale ?? 'en');
  }

  const post = cardPost.handledBy({
    async run({ caseNumber, files }, attempt) {
      const card = await find(caseNumber);
      const message = card && (await body(caseNumber, card.guild_id));
      if (!card || !message) return undefined;
      const id = await sendWith(files, (file) =>
        send(card.channel_id, message, 0, attempt, file && { file, limit: DISCORD_FILE_LIMIT }),
      );
      return {
        outcome: { messageId: id },
        commit: async (tx) => {
          await tx
            .updateTable('case_cards')
            .set({ message_id: id })
            .where('case_number', '=', caseNumber)
            .execute();
        },
      };
    },
    async refused(tx, { caseNumber }, reason) {
      await forget(tx, caseNumber);
      await failed(tx, caseNumber, reason);
    },
  });

  /** A file that is too large or gone must not keep the card back. */
  async function sendWith(
    [file]: readonly CanonicalFile[],
    go: (file?: CanonicalFile) => Promise<string>,
  ): Promise<string> {
    if (!file) return go();
    try {
      return await go(file);
    } catch (error) {
      if (!(error instanceof Refused) || !['gone', 'unacceptable'].includes(error.reason)) throw error;
      return go();
    }
  }

  const edit = cardEdit.handledBy({
    async run({ caseNumber }) {
      const card = await find(caseNumber);
      if (!card?.message_id) return undefined;
      const since = Date.now() - card.edited_at;
      if (since < GAP_MS) return { againInMs: GAP_MS - since };
      // From here on every change asks for another edit; what was before is seen by this one.
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
        if (!(error instanceof Refused)) throw error;
        const code = error.cause instanceof DiscordAPIError ? Number(error.cause.code) : 0;
        if (code === TOO_MANY_EDITS) return { againInMs: TOO_MANY_EDITS_MS };
        // Who removes a card wants it gone.
        if (error.reason !== 'gone') throw error;
        return { commit: async (tx) => void (await forget(tx, caseNumber)) };
      }
      // A case that was taken from everybody's sight has no card.
      if (!message) return { commit: async (tx) => void (await forget(tx, caseNumber)) };
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
