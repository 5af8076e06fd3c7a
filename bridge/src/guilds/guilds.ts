import type { Selectable } from 'kysely';
import type { Store, Tx } from '../store/open.ts';
import type { GuildsTable } from '../store/schema.ts';

export type Guild = Selectable<GuildsTable>;

/** What servers were set up with. */
export function guildQueries(store: Store) {
  const all = () => store.db.selectFrom('guilds').selectAll().orderBy('id').execute();
  return {
    find: (id: string, db: Store['db'] | Tx = store.db) =>
      db.selectFrom('guilds').selectAll().where('id', '=', id).executeTakeFirst(),

    all,

    /**
     * The server for what came from outside of one: the one that was set up, where there is exactly one. `present`: the servers
     * in which the bot is; of several that were set up, those that it was taken out of do not count.
     */
    async only(present: () => Promise<readonly string[]>): Promise<Guild | undefined> {
      const guilds = await all();
      if (guilds.length < 2) return guilds[0];
      const ids = await present();
      const [guild, ...others] = guilds.filter(({ id }) => ids.includes(id));
      return others.length === 0 ? guild : undefined;
    },

    /** Stores what a set-up created; what it could not create stays as it was. */
    async keep(id: string, change: Partial<Omit<Guild, 'id' | 'changed_at'>> & { locale: string }) {
      const values = { ...change, changed_at: Date.now() };
      await store.db
        .insertInto('guilds')
        .values({
          id,
          announcements_id: null,
          bugs_id: null,
          features_id: null,
          support_id: null,
          panel_message_id: null,
          moderator_role_id: null,
          ...values,
        })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },
  };
}

export type GuildQueries = ReturnType<typeof guildQueries>;

/** What a member's rights in a server depend on. */
export interface Rights {
  administrator: boolean;
  roleIds: readonly string[];
}

/** Whether somebody may change how a server is set up. */
export const isAdministrator = ({ administrator }: Rights): boolean => administrator;

/** Moderators are administrators and holders of the role that the set-up created. */
export const isModerator = (guild: Guild | undefined, { administrator, roleIds }: Rights): boolean =>
  administrator ||
  (guild?.moderator_role_id !== null &&
    guild?.moderator_role_id !== undefined &&
    roleIds.includes(guild.moderator_role_id));
