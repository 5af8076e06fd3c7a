import type { Selectable } from 'kysely';
import type { Store, Tx } from '../store/open.ts';
import type { ChannelAccess, PublicChannelsTable, PublicRule } from '../store/schema.ts';

/** A tag that posts of a forum can have (https://docs.discord.com/developers/resources/channel#forum-tag-object). */
export interface ForumTag {
  id: string;
  name: string;
  /** Only those who manage threads give or take it. */
  moderated: boolean;
}

/** A channel whose threads are served, or were. */
export type PublicChannel = Omit<
  Selectable<PublicChannelsTable>,
  'tags' | 'is_forum' | 'requires_tag' | 'set_by'
> & {
  tags: ForumTag[];
  isForum: boolean;
  requiresTag: boolean;
  setBy: PublicChannelsTable['set_by'];
};

/** What Discord says of a channel. */
export interface ChannelFacts {
  guildId: string;
  name: string;
  isForum: boolean;
  tags: ForumTag[];
  requiresTag: boolean;
}

const read = ({ tags, is_forum, requires_tag, set_by, ...rest }: Selectable<PublicChannelsTable>) => ({
  ...rest,
  tags: JSON.parse(tags) as ForumTag[],
  isForum: is_forum === 1,
  requiresTag: requires_tag === 1,
  setBy: set_by,
});

/** Which channels are served in public, and how; the only writer of them. */
export function publicChannels(store: Store) {
  const all = (db: Store['db'] | Tx = store.db) => db.selectFrom('public_channels').selectAll();

  /** Serves a channel by a rule from now on. One that was served before goes on where it was, one that was ended begins anew. */
  async function serve(
    tx: Tx,
    { id, rule, setBy, at }: { id: string; rule: PublicRule; setBy: PublicChannel['setBy']; at: number },
  ): Promise<void> {
    const known = await all(tx).where('id', '=', id).executeTakeFirst();
    if (!known) {
      await tx
        .insertInto('public_channels')
        .values({ id, guild_id: null, rule, set_by: setBy, served_since: at, ended_at: null })
        .execute();
      return;
    }
    const again = known.ended_at === null ? {} : { ended_at: null, served_since: at };
    await tx
      .updateTable('public_channels')
      .set({ rule, set_by: setBy, ...again })
      .where('id', '=', id)
      .execute();
  }

  const end = async (tx: Tx, id: string, at: number) =>
    void (await tx
      .updateTable('public_channels')
      .set({ ended_at: at })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .execute());

  return {
    /** Also those that are not served any longer, by their names. */
    all: async (): Promise<PublicChannel[]> =>
      (await all().orderBy('name').orderBy('id').execute()).map(read),

    /** Those that are served. */
    served: async (): Promise<PublicChannel[]> =>
      (await all().where('ended_at', 'is', null).orderBy('id').execute()).map(read),

    /** Also one that is not served any longer, for what is known of its threads. */
    async find(id: string, db: Store['db'] | Tx = store.db): Promise<PublicChannel | undefined> {
      const row = await all(db).where('id', '=', id).executeTakeFirst();
      return row && read(row);
    },

    serve,
    end,

    /** Makes what the operator names the operator's; what they named before and name no more is ended. `at`: now, in milliseconds. */
    applySettings: (named: ReadonlyMap<string, PublicRule>, at: number): Promise<void> =>
      store.transact(async (tx) => {
        for (const [id, rule] of named) await serve(tx, { id, rule, setBy: 'operator', at });
        for (const { id } of await all(tx)
          .where('set_by', '=', 'operator')
          .where('ended_at', 'is', null)
          .execute())
          if (!named.has(id)) await end(tx, id, at);
      }),

    /** Notes what Discord says of a channel. */
    async noteFacts(id: string, { guildId, name, isForum, tags, requiresTag }: ChannelFacts): Promise<void> {
      await store.db
        .updateTable('public_channels')
        .set({
          guild_id: guildId,
          name,
          is_forum: isForum ? 1 : 0,
          tags: JSON.stringify(tags),
          requires_tag: requiresTag ? 1 : 0,
        })
        .where('id', '=', id)
        .execute();
    },

    /** Notes what the bot may do in a channel. Returns what it was before; undefined where that is the same. */
    noteAccess: (id: string, access: ChannelAccess): Promise<ChannelAccess | undefined> =>
      store.transact(async (tx) => {
        const known = await store
          .lockRow(tx.selectFrom('public_channels').select('access').where('id', '=', id))
          .executeTakeFirst();
        if (!known || known.access === access) return undefined;
        await tx.updateTable('public_channels').set({ access }).where('id', '=', id).execute();
        return known.access;
      }),
  };
}

export type PublicChannels = ReturnType<typeof publicChannels>;
