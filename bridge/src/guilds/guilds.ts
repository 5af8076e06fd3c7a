import type { Selectable } from 'kysely';
import type { Store } from '../store/open.ts';
import type { GuildsTable } from '../store/schema.ts';

export type Guild = Selectable<GuildsTable>;

/** What servers were set up with. */
export function guildQueries(store: Store) {
  const all = () => store.db.selectFrom('guilds').selectAll().orderBy('id').execute();
  return {
    find: (id: string) => store.db.selectFrom('guilds').selectAll().where('id', '=', id).executeTakeFirst(),

    all,

    /** Where something that was said outside of a server belongs: the only server that there is. */
    async only(): Promise<Guild | undefined> {
      const guilds = await all();
      return guilds.length === 1 ? guilds[0] : undefined;
    },

    /** Keeps what a set-up has made; what it could not make stays as it was. */
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

/** Somebody in a server, as far as their rights matter here. */
export interface Rights {
  administrator: boolean;
  roleIds: readonly string[];
}

/** Whether somebody may change how a server is set up. */
export const isAdministrator = ({ administrator }: Rights): boolean => administrator;

/** Moderators are who has the role that the set-up made, and administrators. */
export const isModerator = (guild: Guild | undefined, { administrator, roleIds }: Rights): boolean =>
  administrator ||
  (guild?.moderator_role_id !== null &&
    guild?.moderator_role_id !== undefined &&
    roleIds.includes(guild.moderator_role_id));
