import type { CaseStatus, CaseType } from '@flexcord/shared/panel/case';
import type { Guild } from '../../guilds/guilds.ts';
import type { CanonicalFile } from '../../messages/canonical.ts';
import { defineEntry } from '../../relay/entries.ts';
import { cardEditKey, cardKey, cardLane } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';

/** What everybody in a server may see of a case. */
export interface CardView {
  number: number;
  type: CaseType;
  title: string;
  description: string;
  status: CaseStatus;
  votes: number;
  followers: number;
  /** The case that it is a duplicate of. */
  mergedInto: number | null;
  memberName: string;
  /** Milliseconds since the epoch. */
  changedAt: number;
}

/** The first post of a case's card, with what the member added; the handler is in discord/servers. */
export const cardPost = defineEntry(
  'discord.card',
  ({ caseNumber }: { caseNumber: number; files: CanonicalFile[] }) => ({
    lane: cardLane(caseNumber),
    key: cardKey(caseNumber),
  }),
);

/** Brings a card up to date; the handler is in discord/servers. */
export const cardEdit = defineEntry(
  'discord.card-edit',
  ({ caseNumber }: { caseNumber: number }, changes: number) => ({
    lane: cardLane(caseNumber),
    key: cardEditKey(caseNumber, changes),
  }),
);

export interface CardsOptions {
  store: Store;
  relay: Pick<Relay, 'append'>;
}

/** The cards that show cases to a whole server. */
export function createCards({ store, relay }: CardsOptions) {
  /** The content of a case's card; undefined for no such case. */
  async function view(number: number): Promise<CardView | undefined> {
    const row = await store.db
      .selectFrom('cases')
      .innerJoin('members', 'members.id', 'cases.member_id')
      .select((eb) => [
        'cases.number',
        'cases.type',
        'cases.title',
        'cases.description',
        'cases.status',
        'cases.votes',
        'cases.merged_into as mergedInto',
        'cases.changed_at as changedAt',
        'members.name as memberName',
        eb
          .selectFrom('case_followers')
          .select((own) => own.fn.countAll<number>().as('n'))
          .whereRef('case_number', '=', 'cases.number')
          .as('followers'),
      ])
      .where('cases.number', '=', number)
      .where('cases.deleted_at', 'is', null)
      .executeTakeFirst();
    return row && { ...row, followers: Number(row.followers ?? 0) };
  }

  return {
    view,

    /** Whether everybody in some server can see the case. */
    async isPublic(number: number): Promise<boolean> {
      const row = await store.db
        .selectFrom('case_cards')
        .select('case_number')
        .where('case_number', '=', number)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Adds the card of a case to the channel for its type. Returns the channel, or null where the server has none. */
    async place(
      tx: Tx,
      caseNumber: number,
      type: 'bug' | 'feature',
      guild: Guild | undefined,
      files: CanonicalFile[],
    ): Promise<string | null> {
      const channelId = (type === 'bug' ? guild?.bugs_id : guild?.features_id) ?? null;
      if (!guild || !channelId) return null;
      await tx
        .insertInto('case_cards')
        .values({ case_number: caseNumber, guild_id: guild.id, channel_id: channelId, message_id: null })
        .execute();
      await relay.append(tx, cardPost({ caseNumber, files }));
      return channelId;
    },

    /**
     * What a card shows has changed, in this transaction. However many changes come, one edit at most waits: the row is
     * always written, so that a change and an edit that begins to look can never miss each other.
     */
    async touch(tx: Tx, caseNumber: number): Promise<void> {
      const card = await tx
        .updateTable('case_cards')
        .set((eb) => ({ changes: eb('changes', '+', 1) }))
        .where('case_number', '=', caseNumber)
        .returning(['changes', 'pending'])
        .executeTakeFirst();
      if (!card || card.pending) return;
      await tx.updateTable('case_cards').set({ pending: 1 }).where('case_number', '=', caseNumber).execute();
      await relay.append(tx, cardEdit({ caseNumber }, card.changes));
    },
  };
}

export type Cards = ReturnType<typeof createCards>;
